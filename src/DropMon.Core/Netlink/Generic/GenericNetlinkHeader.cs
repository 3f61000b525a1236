using System.Runtime.InteropServices;

namespace DropMon.Netlink.Generic;

/// <summary>struct genlmsghdr.</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal readonly struct GenericNetlinkHeader(byte command, byte version)
{
    public const int Size = 4;

    [FieldOffset(0)]
    public readonly byte Command = command;

    [FieldOffset(1)]
    public readonly byte Version = version;

    public static bool TryRead(ReadOnlySpan<byte> payload, out GenericNetlinkHeader header, out ReadOnlySpan<byte> attributes)
    {
        if (payload.Length < Size)
        {
            header = default;
            attributes = default;
            return false;
        }

        header = new GenericNetlinkHeader(payload[0], payload[1]);
        attributes = payload[Size..];
        return true;
    }
}
