using System.Runtime.InteropServices;

namespace DropMon.Counters.Sources;

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
}
