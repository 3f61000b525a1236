using System.Runtime.InteropServices;

namespace DropMon.Netlink;

/// <summary>The flags of a netlink message (NLM_F_*).</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    None = 0,
    Request = 0x1,
    Multi = 0x2,
    Ack = 0x4,
    DumpInterrupted = 0x10,
    Dump = 0x300, // NLM_F_ROOT | NLM_F_MATCH, on requests
    Capped = 0x100, // on NLMSG_ERROR
    AckAttributes = 0x200, // NLM_F_ACK_TLVS, on NLMSG_ERROR
}

/// <summary>struct nlmsghdr. Netlink speaks the machine's byte order.</summary>
internal readonly record struct NetlinkHeader(uint Length, ushort Type, NetlinkFlags Flags, uint Sequence, uint PortId)
{
    public const int Size = 16;

    public const ushort NoOperation = 1; // NLMSG_NOOP
    public const ushort Error = 2; // NLMSG_ERROR
    public const ushort Done = 3; // NLMSG_DONE
    public const ushort Overrun = 4; // NLMSG_OVERRUN

    public static bool TryRead(ReadOnlySpan<byte> bytes, out NetlinkHeader header)
    {
        if (bytes.Length < Size)
        {
            header = default;
            return false;
        }

        header = new NetlinkHeader(
            MemoryMarshal.Read<uint>(bytes),
            MemoryMarshal.Read<ushort>(bytes[4..]),
            (NetlinkFlags)MemoryMarshal.Read<ushort>(bytes[6..]),
            MemoryMarshal.Read<uint>(bytes[8..]),
            MemoryMarshal.Read<uint>(bytes[12..]));
        return true;
    }

    public void Write(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes, Length);
        MemoryMarshal.Write(bytes[4..], Type);
        MemoryMarshal.Write(bytes[6..], (ushort)Flags);
        MemoryMarshal.Write(bytes[8..], Sequence);
        MemoryMarshal.Write(bytes[12..], PortId);
    }

    /// <summary>Rounds a length up to netlink's alignment of four bytes (NLMSG_ALIGN, NLA_ALIGN).</summary>
    public static int Align(int length) => (length + 3) & ~3;
}
