namespace DropMon.Netfilter;

/// <summary>Finds what can drop among the rules of nftables, and whether rules lead there.</summary>
internal sealed class NftDropFinder(
    Dictionary<NftKey, NftChain> chains,
    HashSet<(byte Family, string Table)> dormant,
    List<NftRule> rules,
    Dictionary<NftKey, NftSet> sets,
    Dictionary<NftKey, long> counters)
{
    private const int MostOrigins = 3;

    private readonly Dictionary<NftKey, List<(NftKey From, string How)>> _origins = [];

    public IReadOnlyList<NetfilterDrop> Find()
    {
        HashSet<NftKey> shared =
        [
            .. rules.SelectMany(CountersOf).GroupBy(key => key).Where(group => group.Skip(1).Any()).Select(group => group.Key)
        ];
        var meanings = rules.ConvertAll(rule => (Rule: rule, Meaning: Decode(rule, shared)));
        bool isComplete = true;
        foreach ((NftRule rule, NftRuleMeaning meaning) in meanings)
        {
            isComplete &= meaning.Map is null or { Elements: not null, Omitted: 0 };
            AddOrigin(rule, meaning.Jump, $"{rule.Place}: {meaning.Text}");
            foreach ((string text, NftElement element) in meaning.MapElements)
            {
                AddOrigin(rule, element.Verdict, $"{rule.Place}: {MapText(meaning, text)}");
            }
        }

        HashSet<NftKey> reachable = Reachable();
        var found = new List<NetfilterDrop>();
        found.AddRange(chains.Values.Where(chain => chain.IsPolicyDrop).Select(chain => new NetfilterDrop
        {
            System = "nftables",
            Kind = NetfilterDropKind.Policy,
            Chain = chain.Key.ToString(),
            Text = "policy drop",
            Packets = chain.PolicyPackets,
            IsAlone = !rules.Exists(rule => rule.Chain == chain.Key),
            IsReachable = !IsDormant(chain.Key),
        }));
        foreach ((NftRule rule, NftRuleMeaning meaning) in meanings)
        {
            found.AddRange(DropsOf(rule, meaning).Select(drop => drop with
            {
                IsReachable = !isComplete || reachable.Contains(rule.Chain),
                ReachedBy = _origins.GetValueOrDefault(rule.Chain) is { } origins
                    ?
                    [
                        .. origins.Where(origin => reachable.Contains(origin.From))
                            .Select(origin => origin.How)
                            .Distinct()
                            .Take(MostOrigins)
                    ]
                    : [],
            }));
        }

        return found;
    }

    private static IEnumerable<NftKey> CountersOf(NftRule rule) => rule.Expressions
        .Where(expression => expression.Name == "objref" && expression.Number(1) is 1) // NFTA_OBJREF_IMM_TYPE, NFT_OBJECT_COUNTER
        .Select(expression => rule.Chain with { Name = expression.Text(2) ?? "" });

    private NftRuleMeaning Decode(NftRule rule, HashSet<NftKey> shared) => new NftRuleDecoder(
        rule,
        name => sets.GetValueOrDefault(rule.Chain with { Name = name }),
        name =>
            counters.TryGetValue(rule.Chain with { Name = name }, out long packets)
                ? (packets, !shared.Contains(rule.Chain with { Name = name }))
                : null).Decode();

    private static IEnumerable<NetfilterDrop> DropsOf(NftRule rule, NftRuleMeaning meaning)
    {
        var drop = new NetfilterDrop
        {
            System = "nftables",
            Kind = meaning.Kind ?? NetfilterDropKind.Drop,
            Chain = rule.Chain.ToString(),
            Rule = rule.Handle,
            Text = meaning.Text,
            Comment = rule.Comment,
            PacketsBefore = meaning.PacketsBefore,
        };
        foreach ((string text, NftElement element) in meaning.MapElements)
        {
            if (element.Verdict is { IsDrop: true } or { IsQueue: true })
            {
                yield return drop with
                {
                    Kind = element.Verdict.Value.IsDrop ? NetfilterDropKind.Drop : NetfilterDropKind.Queue,
                    Element = text,
                    Packets = element.Packets,
                    Queue = element.Verdict.Value.IsQueue ? NftRuleDecoder.QueueOf(element.Verdict.Value) : null,
                };
            }
        }

        if (meaning.Kind is not null)
        {
            yield return drop with { Packets = meaning.Packets, Queue = meaning.Queue };
        }
    }

    // Of a large map the element that decides may be one that the rule's text leaves out.
    private static string MapText(NftRuleMeaning meaning, string element) =>
        meaning.Text.Contains(element, StringComparison.Ordinal) ? meaning.Text : $"{meaning.Text} with {{ {element} }}";

    private void AddOrigin(NftRule rule, NftVerdict? verdict, string how)
    {
        if (verdict is not { IsJump: true, Chain: { } chain })
        {
            return;
        }

        NftKey target = rule.Chain with { Name = chain };
        if (!_origins.TryGetValue(target, out var origins))
        {
            _origins.Add(target, origins = []);
        }

        origins.Add((rule.Chain, how));
    }

    private bool IsDormant(NftKey chain) => dormant.Contains((chain.Family, chain.Table));

    private HashSet<NftKey> Reachable()
    {
        ILookup<NftKey, NftKey> targets = _origins
            .SelectMany(entry => entry.Value.Select(origin => (origin.From, To: entry.Key)))
            .ToLookup(pair => pair.From, pair => pair.To);
        HashSet<NftKey> reachable = [.. chains.Values.Where(chain => chain.IsBase && !IsDormant(chain.Key)).Select(chain => chain.Key)];
        var waiting = new Queue<NftKey>(reachable);
        while (waiting.TryDequeue(out NftKey from))
        {
            foreach (NftKey to in targets[from].Where(reachable.Add))
            {
                waiting.Enqueue(to);
            }
        }

        return reachable;
    }
}
