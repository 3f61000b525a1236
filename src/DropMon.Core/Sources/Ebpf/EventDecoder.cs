using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DropMon.Sources.Ebpf;

/// <summary>Reads the program's events. Every length is checked: the ring is shared memory.</summary>
/// <param name="hasReason">Whether events have a reason.</param>
/// <param name="stacks">Where their stacks are; null where none are recorded.</param>
internal sealed class EventDecoder(bool hasReason, StackMap? stacks = null)
{
    private const int VlanIdMask = 0xfff; // VLAN_VID_MASK

    /// <summary>Decodes one event; false when it is malformed. <see cref="RawDrop.UnixNanoseconds"/> is still CLOCK_MONOTONIC.</summary>
    public bool TryDecode(ReadOnlySpan<byte> record, ref RawDrop drop)
    {
        if (record.Length < EventLayout.Bytes)
        {
            return false;
        }

        uint captured = Read<uint>(record, EventLayout.Captured);
        if (captured > (uint)(record.Length - EventLayout.Bytes))
        {
            return false;
        }

        drop.Count = 1;
        drop.UnixNanoseconds = Read<long>(record, EventLayout.Time);
        drop.Address = Read<ulong>(record, EventLayout.Location);
        drop.ReasonNumber = Read<uint>(record, EventLayout.Reason);
        drop.HasReasonNumber = hasReason;
        drop.Cpu = Read<int>(record, EventLayout.Cpu);
        drop.ProcessId = (int)(Read<ulong>(record, EventLayout.Thread) >> 32);
        drop.ProcessName = Text(record, EventLayout.ProcessName);
        drop.HasContext = true;
        drop.InterfaceIndex = Read<int>(record, EventLayout.InterfaceIndex);
        drop.InterfaceName = Text(record, EventLayout.InterfaceName);
        drop.NetworkNamespace = Read<uint>(record, EventLayout.NetworkNamespace);
        drop.StackTrace = stacks is null ? [] : stacks.Find(Read<int>(record, EventLayout.Stack));
        drop.ControlGroup = Read<ulong>(record, EventLayout.ControlGroup);
        drop.Metadata = Metadata(record);
        drop.EtherType = BinaryPrimitives.ReadUInt16BigEndian(record[EventLayout.Protocol..]);
        drop.HasEtherType = true;
        drop.Payload = record.Slice(EventLayout.Bytes, (int)captured);
        drop.OriginalLength = (int)Math.Min(Read<uint>(record, EventLayout.OriginalLength), int.MaxValue);
        return true;
    }

    private static PacketMetadata Metadata(ReadOnlySpan<byte> record) => new(
        Read<uint>(record, EventLayout.Mark),
        Read<uint>(record, EventLayout.Priority),
        Read<uint>(record, EventLayout.Hash),
        Read<ushort>(record, EventLayout.QueueMapping),
        Read<ushort>(record, EventLayout.HasVlanTag) == 0 ? null : (ushort)(Read<ushort>(record, EventLayout.VlanTag) & VlanIdMask),
        Read<ushort>(record, EventLayout.GsoSize),
        Read<ushort>(record, EventLayout.GsoSegments));

    private static T Read<T>(ReadOnlySpan<byte> record, int offset)
        where T : unmanaged => MemoryMarshal.Read<T>(record[offset..]);

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> record, int offset)
    {
        ReadOnlySpan<byte> text = record.Slice(offset, EventLayout.NameSize);
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }
}
