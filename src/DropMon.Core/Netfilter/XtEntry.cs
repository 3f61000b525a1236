namespace DropMon.Netfilter;

/// <summary>One entry of a table of xtables (struct ipt_entry).</summary>
internal sealed record XtEntry
{
    public required uint Size { get; init; }

    /// <summary>Addresses, interfaces and protocol that it matches.</summary>
    public required byte[] Header { get; init; }

    /// <summary>Its matches, one struct xt_entry_match behind the other.</summary>
    public required byte[] Matches { get; init; }

    /// <summary>The target's name; empty for a verdict or a jump.</summary>
    public required string Target { get; init; }

    public required byte TargetRevision { get; init; }

    public required byte[] TargetData { get; init; }

    public required long Packets { get; init; }
}
