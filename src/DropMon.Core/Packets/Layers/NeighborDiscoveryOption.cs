using System.Globalization;

namespace DropMon.Packets;

/// <summary>An option of a neighbour discovery message (struct nd_opt_hdr).</summary>
public sealed class NeighborDiscoveryOption
{
    internal const byte SourceLinkAddress = 1;
    internal const byte TargetLinkAddress = 2;

    private const int MaximumCount = 32;
    private const int MacLength = 6;

    internal NeighborDiscoveryOption(byte kind, ReadOnlySpan<byte> data)
    {
        Kind = kind;
        Data = data.ToArray();
    }

    /// <summary>The option's type (ND_OPT_*).</summary>
    public byte Kind { get; }

    /// <summary>The option's name, or its number where none is known.</summary>
    public string Name => Kind switch
    {
        SourceLinkAddress => "SourceLinkAddress",
        TargetLinkAddress => "TargetLinkAddress",
        3 => "PrefixInformation",
        4 => "RedirectedHeader",
        5 => "MTU",
        14 => "Nonce",
        24 => "RouteInformation",
        25 => "RDNSS",
        31 => "DNSSL",
        37 => "CaptivePortal",
        38 => "PREF64",
        _ => "unknown-" + Kind.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The bytes behind type and length.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The hardware address in a link-layer address option; null for others.</summary>
    public string? LinkAddress =>
        Kind is SourceLinkAddress or TargetLinkAddress && Data.Length >= MacLength ? AddressText.Mac(Data.Span[..MacLength]) : null;

    /// <inheritdoc/>
    public override string ToString() => LinkAddress is { } address ? Name + " " + address : Name;

    internal static bool AreWellFormed(ReadOnlySpan<byte> options)
    {
        while (TryTake(ref options, out _, out _))
        {
        }

        return options.IsEmpty;
    }

    internal static List<NeighborDiscoveryOption> ReadAll(ReadOnlySpan<byte> options)
    {
        var list = new List<NeighborDiscoveryOption>();
        while (list.Count < MaximumCount && TryTake(ref options, out byte kind, out ReadOnlySpan<byte> data))
        {
            list.Add(new NeighborDiscoveryOption(kind, data));
        }

        return list;
    }

    // The length counts units of eight bytes, type and length included.
    private static bool TryTake(ref ReadOnlySpan<byte> options, out byte kind, out ReadOnlySpan<byte> data)
    {
        kind = 0;
        data = default;
        if (options.Length < 2 || options[1] == 0 || options[1] * 8 > options.Length)
        {
            return false;
        }

        int end = options[1] * 8;
        kind = options[0];
        data = options[2..end];
        options = options[end..];
        return true;
    }
}
