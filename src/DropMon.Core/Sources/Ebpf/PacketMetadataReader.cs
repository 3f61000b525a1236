using DropMon.Kernel.Btf;
using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf;

/// <summary>
/// The part of the program that copies the numbers beside the packet's bytes: mark, priority, hash, queue, VLAN tag and segments.
/// </summary>
internal sealed class PacketMetadataReader(SkbLayout layout)
{
    private const int BitsPerByte = 8;

    /// <summary>Writes the numbers to the event; 0 for what the kernel does not have. Uses R0 to R5.</summary>
    /// <param name="code">The program.</param>
    /// <param name="packet">Points to struct sk_buff.</param>
    /// <param name="eventStart">Points to the event.</param>
    public void Write(BpfAssembler code, BpfRegister packet, BpfRegister eventStart)
    {
        Copy(BpfSize.Word, "mark", EventLayout.Mark);
        Copy(BpfSize.Word, "priority", EventLayout.Priority);
        Copy(BpfSize.Word, "hash", EventLayout.Hash);
        Copy(BpfSize.Half, "queue_mapping", EventLayout.QueueMapping);
        Copy(BpfSize.Half, "vlan_tci", EventLayout.VlanTag);
        WriteHasVlanTag(code, packet, eventStart);
        WriteSegments(code, packet, eventStart);

        void Copy(BpfSize size, string member, int field)
        {
            if (layout.TryOffset("sk_buff", member) is { } offset)
            {
                code.Load(size, R1, packet, offset);
                code.Store(size, eventStart, field, R1);
            }
            else
            {
                code.Store(size, eventStart, field, 0);
            }
        }
    }

    // Up to Linux 6.1 a bit tells whether there is a tag, for a tag of zeros is one; later the tag's protocol, which is never 0, does.
    private void WriteHasVlanTag(BpfAssembler code, BpfRegister packet, BpfRegister eventStart)
    {
        if (layout.TryMember("sk_buff", "vlan_present") is { BitSize: 1 } present)
        {
            code.Load(BpfSize.Byte, R1, packet, present.Offset);
            code.Alu(BpfOperation.And, R1, Mask(present));
        }
        else if (layout.TryOffset("sk_buff", "vlan_all") is not null && layout.TryOffset("sk_buff", "vlan_proto") is { } protocol)
        {
            code.Load(BpfSize.Half, R1, packet, protocol);
        }
        else
        {
            code.Move(R1, 0);
        }

        code.Store(BpfSize.Half, eventStart, EventLayout.HasVlanTag, R1);
    }

    private static int Mask(BtfMember bit)
    {
        int number = (int)(bit.BitOffset % BitsPerByte);
        return 1 << (BitConverter.IsLittleEndian ? number : BitsPerByte - 1 - number);
    }

    // They lie behind the packet's bytes, in memory without a type. What cannot be read becomes 0.
    private void WriteSegments(BpfAssembler code, BpfRegister packet, BpfRegister eventStart)
    {
        code.Store(BpfSize.Half, eventStart, EventLayout.GsoSize, 0);
        code.Store(BpfSize.Half, eventStart, EventLayout.GsoSegments, 0);
        if (layout.TryOffset("skb_shared_info", "gso_size") is not { } size
            || layout.TryOffset("skb_shared_info", "gso_segs") != size + sizeof(ushort))
        {
            return;
        }

        code.Load(BpfSize.Double, R3, packet, layout.Packet("head"));
        code.Load(BpfSize.Word, R4, packet, layout.Packet("end"));
        code.Alu(BpfOperation.Add, R3, R4);
        code.Alu(BpfOperation.Add, R3, size);
        code.Move(R1, eventStart);
        code.Alu(BpfOperation.Add, R1, EventLayout.GsoSize);
        code.Move(R2, 2 * sizeof(ushort));
        code.CallHelper(BpfHelper.ReadKernel);
    }
}
