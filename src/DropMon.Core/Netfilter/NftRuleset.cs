namespace DropMon.Netfilter;

/// <summary>What can drop in the rules of nftables of a network namespace, and how much was looked at.</summary>
internal sealed record NftRuleset
{
    public static NftRuleset Empty { get; } = new();

    public int Chains { get; init; }

    public int Rules { get; init; }

    /// <summary>Rules that translate addresses: they drop a packet whose translation fails, and say so nowhere.</summary>
    public int Translations { get; init; }

    public IReadOnlyList<NetfilterDrop> Drops { get; init; } = [];

    /// <summary>What was not read, each in words.</summary>
    public IReadOnlyList<string> Omitted { get; init; } = [];
}
