using System.Buffers.Binary;

namespace DropMon.Packets;

/// <summary>How the extension headers of IPv6, and the authentication header of IPv4, are walked.</summary>
internal static class Ipv6Extension
{
    /// <summary>The most that are followed.</summary>
    public const int MaximumCount = 16;

    public static bool IsOne(byte protocol) =>
        protocol is IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.Fragment or IpProtocol.Authentication
            or IpProtocol.DestinationOptions;

    /// <summary>The bytes that a header of the kind has at least.</summary>
    public static int FixedLength(byte protocol) => protocol == IpProtocol.Authentication ? AuthenticationHeader.FixedLength : 8;

    /// <summary>The header's length by its own account; reads <see cref="FixedLength"/> bytes at most.</summary>
    public static int MeasuredLength(byte protocol, ReadOnlySpan<byte> header) => protocol switch
    {
        IpProtocol.Fragment => 8,
        IpProtocol.Authentication => Math.Max((header[1] + 2) * 4, AuthenticationHeader.FixedLength),
        _ => (header[1] + 1) * 8,
    };

    /// <summary>Whether a fragment header is that of a fragment other than the first, behind which there is no header.</summary>
    public static bool IsLaterFragment(byte protocol, ReadOnlySpan<byte> header) =>
        protocol == IpProtocol.Fragment && (BinaryPrimitives.ReadUInt16BigEndian(header[2..]) & 0xfff8) != 0;
}
