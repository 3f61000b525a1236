namespace DropMon.Netfilter;

/// <summary>What a rule of nftables does with packets that meet it.</summary>
internal sealed record NftRuleMeaning
{
    /// <summary>The rule in nft's words, as far as it is decoded.</summary>
    public required string Text { get; init; }

    /// <summary>How it drops; null where it does not, of its own.</summary>
    public NetfilterDropKind? Kind { get; init; }

    public NetfilterQueue? Queue { get; init; }

    /// <summary>The verdict map that it looks up.</summary>
    public NftSet? Map { get; init; }

    /// <summary>The elements of the map, as text.</summary>
    public IReadOnlyList<(string Text, NftElement Element)> MapElements { get; init; } = [];

    /// <summary>Where it jumps or goes to, of its own.</summary>
    public NftVerdict? Jump { get; init; }

    /// <summary>A counter behind which nothing decides any more; null where there is none.</summary>
    public long? Packets { get; init; }

    /// <summary>The last counter, whatever is behind it.</summary>
    public long? PacketsBefore { get; init; }
}
