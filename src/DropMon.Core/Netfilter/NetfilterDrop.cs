namespace DropMon.Netfilter;

/// <summary>The queue numbers that a rule hands packets to.</summary>
/// <param name="First">The first; null where the rule computes it.</param>
/// <param name="Count">How many; packets are spread over them.</param>
/// <param name="Bypasses">Whether packets go on where no program listens.</param>
internal sealed record NetfilterQueue(int? First, int Count, bool Bypasses);

/// <summary>
/// One place of the ruleset that can drop packets: a rule, an element of a verdict map, the policy of a chain. Names are as the kernel gave
/// them.
/// </summary>
internal sealed record NetfilterDrop
{
    /// <summary>What wrote it: nftables, iptables, ip6tables or arptables.</summary>
    public required string System { get; init; }

    public required NetfilterDropKind Kind { get; init; }

    /// <summary>Family, table and chain, e.g. <c>inet filter input</c>.</summary>
    public required string Chain { get; init; }

    /// <summary>The rule's handle, or its number in a chain of xtables; null for a policy.</summary>
    public ulong? Rule { get; init; }

    /// <summary>The element of a verdict map that drops; null where the rule itself does.</summary>
    public string? Element { get; init; }

    /// <summary>What the rule matches and does, as far as it could be read.</summary>
    public string Text { get; init; } = "";

    public string? Comment { get; init; }

    /// <summary>
    /// How many packets it dropped or queued: of a counter that nothing but the verdict follows. Null where none counts just that.
    /// </summary>
    public long? Packets { get; init; }

    /// <summary>Of a policy, whether it decides whatever reaches the chain: there is no rule in it.</summary>
    public bool IsAlone { get; init; }

    /// <summary>A counter that packets pass before they meet the whole rule: at most this many met it.</summary>
    public long? PacketsBefore { get; init; }

    public NetfilterQueue? Queue { get; init; }

    /// <summary>The rules that lead to the chain, if it is none that the kernel calls itself.</summary>
    public IReadOnlyList<string> ReachedBy { get; init; } = [];

    /// <summary>False where no rule leads to the chain.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>
    /// What names its counter. A rule of xtables has no handle, and its number is another's when one is inserted before it.
    /// </summary>
    public string Counter => System == "nftables" ? $"{Place} {Element}" : $"{Place} {Text}";

    /// <summary>Rule or chain, as the tools name it.</summary>
    public string Place
    {
        get
        {
            string chain = System == "nftables" ? Chain : $"{System} {Chain}";
            return Rule is { } rule ? $"rule {rule} of {chain}" : $"chain {chain}";
        }
    }
}
