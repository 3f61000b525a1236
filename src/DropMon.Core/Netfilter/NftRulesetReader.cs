using System.Buffers.Binary;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>Reads the ruleset of nftables by netlink. Rules that iptables-nft wrote are among it.</summary>
internal sealed class NftRulesetReader(INetfilterKernel kernel, CancellationToken cancellationToken = default)
{
    /// <summary>Elements of one set or map that are read.</summary>
    public const int MostElements = 1000;

    private const int MostSets = 256;
    private const int MostRules = 20_000;
    private const ushort Subsystem = 10 << 8; // NFNL_SUBSYS_NFTABLES
    private const ushort GetTable = Subsystem | 1; // NFT_MSG_GETTABLE
    private const ushort GetChain = Subsystem | 4; // NFT_MSG_GETCHAIN
    private const ushort GetRule = Subsystem | 7; // NFT_MSG_GETRULE
    private const ushort GetSet = Subsystem | 10; // NFT_MSG_GETSET
    private const ushort GetElement = Subsystem | 13; // NFT_MSG_GETSETELEM
    private const ushort GetObject = Subsystem | 19; // NFT_MSG_GETOBJ

    private readonly HashSet<(byte Family, string Table)> _dormant = [];
    private readonly Dictionary<NftKey, NftChain> _chains = [];
    private readonly List<NftRule> _rules = [];
    private readonly Dictionary<NftKey, NftSet> _sets = [];
    private readonly Dictionary<NftKey, long> _counters = [];
    private readonly List<string> _omitted = [];
    private int _ruleCount;
    private int _translations;

    private delegate void PayloadHandler(ReadOnlySpan<byte> payload);

    /// <exception cref="DropMonException">The kernel refused.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public NftRuleset Read()
    {
        try
        {
            Ask(GetChain, "Reading the chains of nftables", ReadChain);
            if (_chains.Count == 0)
            {
                return NftRuleset.Empty;
            }

            Ask(GetTable, "Reading the tables of nftables", ReadTable);
            Ask(GetRule, "Reading the rules of nftables", ReadRule);
            Ask(GetSet, "Reading the sets of nftables", ReadSet);
            if (_rules.Any(rule => rule.Expressions.Any(expression => expression.Name == "objref")))
            {
                Ask(GetObject, "Reading the counters of nftables", ReadObject);
            }
        }
        catch (NetlinkException error) when (error.Errno is Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            // A kernel without nftables has no rules of it.
            return NftRuleset.Empty;
        }

        ReadElements();
        if (_ruleCount > 0 && _rules.Count == MostRules)
        {
            _omitted.Add($"rules of nftables beyond the first {MostRules} that decide");
        }

        return new NftRuleset
        {
            Chains = _chains.Count,
            Rules = _ruleCount,
            Translations = _translations,
            Drops = new NftDropFinder(_chains, _dormant, _rules, _sets, _counters).Find(),
            Omitted = _omitted,
        };
    }

    private void Ask(ushort type, string what, PayloadHandler onPayload) =>
        Ask(new NetlinkRequest(type, NetlinkFlags.Dump, what).AddHeader(new NetfilterHeader(NetfilterHeader.Unspecified)), onPayload);

    private void Ask(NetlinkRequest request, PayloadHandler onPayload) => kernel.Execute(request, (_, payload) =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        onPayload(payload);
    });

    private void ReadTable(ReadOnlySpan<byte> payload)
    {
        const ushort Name = 1; // NFTA_TABLE_NAME
        const ushort Flags = 2; // NFTA_TABLE_FLAGS
        const uint Dormant = 1; // NFT_TABLE_F_DORMANT
        AttributeReader reader = NetfilterHeader.Attributes(payload);
        string name = "";
        while (reader.MoveNext())
        {
            if (reader.Type == Name)
            {
                name = reader.ReadText();
            }
            else if (reader.Type == Flags
                && BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out uint flags)
                && (flags & Dormant) != 0)
            {
                _dormant.Add((payload[0], name));
            }
        }
    }

    private void ReadChain(ReadOnlySpan<byte> payload)
    {
        NftChain chain = NftChain.Read(payload);
        _chains[chain.Key] = chain;
    }

    private void ReadRule(ReadOnlySpan<byte> payload)
    {
        _ruleCount++;
        NftRule rule = NftRule.Read(payload);
        _translations += rule.Expressions.Any(expression => expression.Name is "nat" or "masq" or "redir") ? 1 : 0;
        if (_rules.Count < MostRules && rule.Expressions.Any(Decides))
        {
            _rules.Add(rule);
        }
    }

    private static bool Decides(NftExpression expression) => expression.Name switch
    {
        "reject" or "queue" => true,
        "immediate" => expression.Verdict(2) is { } verdict && (verdict.IsDrop || verdict.IsQueue || verdict.IsJump), // NFTA_IMMEDIATE_DATA
        "lookup" => expression.Number(3) is 0, // NFTA_LOOKUP_DREG: the register of verdicts
        "target" => XtRuleText.KindOf(expression.Text(1) ?? "") is not null, // NFTA_TARGET_NAME
        _ => false,
    };

    private void ReadSet(ReadOnlySpan<byte> payload)
    {
        NftSet set = NftSet.Read(payload);
        _sets[set.Key] = set;
    }

    private void ReadObject(ReadOnlySpan<byte> payload)
    {
        const ushort Table = 1; // NFTA_OBJ_TABLE
        const ushort Name = 2; // NFTA_OBJ_NAME
        const ushort Type = 3; // NFTA_OBJ_TYPE
        const ushort Data = 4; // NFTA_OBJ_DATA
        const uint Counter = 1; // NFT_OBJECT_COUNTER
        AttributeReader reader = NetfilterHeader.Attributes(payload);
        string table = "";
        string name = "";
        bool isCounter = false;
        long? packets = null;
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case Table:
                    table = reader.ReadText();
                    break;
                case Name:
                    name = reader.ReadText();
                    break;
                case Type:
                    isCounter = BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out uint type) && type == Counter;
                    break;
                case Data:
                    packets = NftCounter.Packets(reader.Nested());
                    break;
            }
        }

        if (isCounter && packets is { } count)
        {
            _counters[new NftKey(payload[0], table, name)] = count;
        }
    }

    // Maps that decide, and the sets that have no name of their own: of the others the name says more.
    private void ReadElements()
    {
        IEnumerable<NftKey> wanted = _rules
            .SelectMany(
                rule =>
                    rule.Expressions.Where(expression => expression.Name == "lookup")
                        .Select(expression => rule.Chain with { Name = expression.Text(1) ?? "" }))
            .Where(key => _sets.TryGetValue(key, out NftSet? set) && (set.IsVerdictMap || set.IsAnonymous))
            .Distinct()
            .OrderByDescending(key => _sets[key].IsVerdictMap);
        int count = 0;
        foreach (NftKey key in wanted.ToList())
        {
            if (++count > MostSets)
            {
                _omitted.Add($"elements of sets and maps of nftables beyond the first {MostSets}");
                return;
            }

            (List<NftElement> elements, int more) = ReadElements(key);
            _sets[key] = _sets[key] with { Elements = elements, Omitted = more };
            if (more > 0)
            {
                _omitted.Add($"elements of {key} beyond the first {MostElements}");
            }
        }
    }

    private (List<NftElement> Elements, int More) ReadElements(NftKey key)
    {
        const ushort Table = 1; // NFTA_SET_ELEM_LIST_TABLE
        const ushort Set = 2; // NFTA_SET_ELEM_LIST_SET
        const ushort List = 3; // NFTA_SET_ELEM_LIST_ELEMENTS
        var elements = new List<NftElement>();
        int more = 0;
        NetlinkRequest request = new NetlinkRequest(GetElement, NetlinkFlags.Dump, "Reading the elements of a set of nftables")
            .AddHeader(new NetfilterHeader(key.Family)).Add(Table, key.Table).Add(Set, key.Name);
        try
        {
            Ask(request, payload =>
            {
                AttributeReader reader = NetfilterHeader.Attributes(payload);
                while (reader.MoveNext())
                {
                    AttributeReader list = reader.Nested();
                    while (reader.Type == List && list.MoveNext())
                    {
                        if (elements.Count < MostElements)
                        {
                            elements.Add(NftElement.Read(list.Nested()));
                        }
                        else
                        {
                            more++;
                        }
                    }
                }
            });
        }
        catch (NetlinkException error) when (error.Errno == Errno.ENOENT)
        {
            // Deleted meanwhile.
        }

        return (elements, more);
    }
}
