using System.Runtime.InteropServices;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>struct nfgenmsg.</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal readonly struct NetfilterHeader(byte family)
{
    public const int Size = 4;
    public const byte Unspecified = 0; // NFPROTO_UNSPEC

    [FieldOffset(0)]
    public readonly byte Family = family;

    public static string FamilyName(byte family) => family switch
    {
        1 => "inet",
        2 => "ip",
        3 => "arp",
        5 => "netdev",
        7 => "bridge",
        10 => "ip6",
        _ => "family " + family,
    };

    /// <summary>The attributes behind the header.</summary>
    /// <exception cref="NetlinkFormatException">There is no whole header.</exception>
    public static AttributeReader Attributes(ReadOnlySpan<byte> payload) => payload.Length < Size
        ? throw new NetlinkFormatException("A message of the kernel's netfilter is too short.")
        : new AttributeReader(payload[Size..]);
}
