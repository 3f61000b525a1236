using System.Globalization;

namespace DropMon.Netfilter;

/// <summary>
/// Reads a rule as the kernel's virtual machine runs it: expressions load fields into registers and compare them. What nft leaves out
/// because it follows from the rest (that udp dport is UDP) is left out here too.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="findSet">The sets of its table by name; null where it is unknown.</param>
/// <param name="findCounter">Named counters of its table, and whether no other rule has the same.</param>
internal sealed class NftRuleDecoder(NftRule rule, Func<string, NftSet?> findSet, Func<string, (long Packets, bool IsOwn)?> findCounter)
{
    private const int MostElements = 8;
    private const int Conditional = -1;

    private readonly Dictionary<int, NftField> _registers = [];
    private readonly List<string> _words = [];
    private int _family = rule.Chain.Family;
    private int? _protocol;
    private int _familyWord = Conditional;
    private int _protocolWord = Conditional;
    private NetfilterDropKind? _kind;
    private NetfilterQueue? _queue;
    private NftVerdict? _jump;
    private NftSet? _map;
    private IReadOnlyList<(string Text, NftElement Element)> _elements = [];
    private long? _counter;
    private bool _isExact;

    public NftRuleMeaning Decode()
    {
        foreach (NftExpression expression in rule.Expressions)
        {
            Read(expression);
        }

        return new NftRuleMeaning
        {
            Text = string.Join(' ', _words.Where(word => word.Length > 0)),
            Kind = _kind,
            Queue = _queue,
            Map = _map,
            MapElements = _elements,
            Jump = _jump,
            Packets = _isExact ? _counter : null,
            PacketsBefore = _counter,
        };
    }

    /// <summary>The queue that a verdict names itself: the number in its upper half, NF_VERDICT_FLAG_QUEUE_BYPASS in the lower.</summary>
    public static NetfilterQueue QueueOf(NftVerdict verdict) => new(verdict.Code >>> 16, 1, (verdict.Code & 0x8000) != 0);

    private static int Register(uint? number) =>
        number switch { null or 0 => Conditional, < 8 => (int)(number.Value - 1) * 4, _ => (int)Math.Min(number.Value - 8, 64) };

    private void Read(NftExpression expression)
    {
        // Whatever may end the rule makes a counter in front of it count more than what the rule decides.
        _isExact = expression.Name switch
        {
            "counter" => true,
            "objref" or "immediate" or "log" or "reject" or "queue" or "target" => _isExact,
            _ => false,
        };
        switch (expression.Name)
        {
            case "meta" when expression.Number(1) is { } target && expression.Number(2) is { } key: // NFTA_META_DREG, NFTA_META_KEY
                _registers[Register(target)] = NftField.Meta(key);
                break;
            case "ct" when expression.Number(1) is { } target && expression.Number(2) is { } key: // NFTA_CT_DREG, NFTA_CT_KEY
                _registers[Register(target)] = NftField.Connection(key, expression.Bytes(3)?.FirstOrDefault());
                break;
            case "payload" when expression.Number(1) is { } target: // NFTA_PAYLOAD_DREG; base, offset, length
                Load(target, expression.Number(2) ?? 0, expression.Number(3) ?? 0, expression.Number(4) ?? 0);
                break;
            case "bitwise": // NFTA_BITWISE_SREG, _DREG, _MASK
                if (_registers.GetValueOrDefault(Register(expression.Number(1))) is { } masked)
                {
                    _registers[Register(expression.Number(2))] = masked with { Mask = expression.Value(4) };
                }

                break;
            case "byteorder": // NFTA_BYTEORDER_SREG, _DREG
                if (_registers.GetValueOrDefault(Register(expression.Number(1))) is { } turned)
                {
                    _registers[Register(expression.Number(2))] = turned.Kind == NftValueKind.Number
                        ? turned with { Kind = NftValueKind.NetworkNumber }
                        : turned;
                }

                break;
            case "cmp":
                Compare(Field(expression.Number(1)), expression.Number(2) ?? 0, expression.Value(3) ?? []); // NFTA_CMP_SREG, _OP, _DATA
                break;
            case "range": // NFTA_RANGE_SREG, _OP, _FROM_DATA, _TO_DATA
                NftField ranged = Field(expression.Number(1));
                string lowest = NftValue.Text(ranged.Kind, expression.Value(3) ?? []);
                string highest = NftValue.Text(ranged.Kind, expression.Value(4) ?? []);
                _words.Add($"{ranged.Name} {(expression.Number(2) == 1 ? "!= " : "")}{lowest}-{highest}");
                break;
            case "lookup":
                Look(expression);
                break;
            case "counter":
                Count(NftCounter.Packets(new Netlink.AttributeReader(expression.Data)), "counter");
                break;
            case "objref":
                Refer(expression);
                break;
            case "immediate" when expression.Verdict(2) is { } verdict: // NFTA_IMMEDIATE_DATA
                Decide(verdict);
                break;
            case "immediate":
                _registers[Register(expression.Number(1))] = new NftField("(a value)", NftValueKind.Bytes, 4);
                break;
            case "reject":
                _kind = NetfilterDropKind.Reject;
                _words.Add("reject");
                break;
            case "queue":
                Queue(expression);
                break;
            case "target":
                Target(expression);
                break;
            case "match": // NFTA_MATCH_NAME, _INFO
                _words.Add(XtRuleText.Match(expression.Text(1) ?? "?", expression.Bytes(3) ?? []));
                break;
            case "limit": // NFTA_LIMIT_RATE, _UNIT, _TYPE, _FLAGS
                _words.Add(Limit(expression));
                break;
            case "log":
                _words.Add("log");
                break;
            case "dynset": // NFTA_DYNSET_SET_NAME, _OP
                _words.Add($"{(expression.Number(3) switch { 0 => "add", 1 => "update", _ => "delete" })} @{expression.Text(1)}");
                break;
            default:
                // Named, so that the reader knows that there is more to the rule.
                _words.Add($"({expression.Name})");
                break;
        }
    }

    private NftField Field(uint? register) =>
        _registers.GetValueOrDefault(Register(register)) ?? new NftField("(a value)", NftValueKind.Bytes, 4);

    private void Load(uint target, uint header, uint offset, uint length)
    {
        NftField field = NftField.Payload(header, offset, length, _family, _protocol);
        _registers[Register(target)] = field;
        if (header == 2 && _protocol is not null && !field.Name.StartsWith('@'))
        {
            Omit(ref _protocolWord);
            if (_protocol is 1 or 58)
            {
                Omit(ref _familyWord);
            }
        }
        else if (header == 1 && !field.Name.StartsWith('@'))
        {
            Omit(ref _familyWord);
        }
    }

    private void Omit(ref int word)
    {
        if (word >= 0)
        {
            _words[word] = "";
            word = Conditional;
        }
    }

    private void Compare(NftField field, uint operation, byte[] value)
    {
        bool isEqual = operation == 0; // NFT_CMP_EQ
        string sign = operation switch { 0 => "", 1 => "!= ", 2 => "< ", 3 => "<= ", 4 => "> ", 5 => ">= ", _ => "? " };
        if (field is { Kind: NftValueKind.ConnectionState, Mask: { } states } && value.All(part => part == 0))
        {
            _words.Add($"{field.Name} {(isEqual ? "! " : "")}{NftValue.Text(field.Kind, states)}");
            return;
        }

        string text = NftValue.Text(field.Kind, value);
        if (field.Mask is { } mask)
        {
            int prefix = field.Kind is NftValueKind.Address or NftValueKind.Address6 ? NftValue.PrefixOf(mask) : -1;
            text = prefix >= 0
                ? string.Create(CultureInfo.InvariantCulture, $"{text}/{prefix}")
                : $"& {NftValue.Bits(field.Kind, mask)} {(isEqual ? "== " : sign)}{NftValue.Bits(field.Kind, value)}";
            sign = prefix >= 0 ? sign : "";
        }

        string begin = $"{field.Name} >= ";
        if (operation == 3 && _words.Count > 0 && _words[^1].StartsWith(begin, StringComparison.Ordinal))
        {
            // A range is two comparisons to the kernel.
            _words[^1] = $"{field.Name} {_words[^1][begin.Length..]}-{text}";
            return;
        }

        _words.Add($"{field.Name} {sign}{text}");
        if (isEqual && value.Length > 0)
        {
            Learn(field, value);
        }
    }

    // Later fields of the packet are named by what was compared before.
    private void Learn(NftField field, byte[] value)
    {
        switch (field.Name)
        {
            case "meta l4proto":
                (_protocol, _protocolWord) = (value[0], _words.Count - 1);
                break;
            case "ip protocol" or "ip6 nexthdr":
                _protocol = value[0];
                break;
            case "meta nfproto":
                (_family, _familyWord) = (value[0], _words.Count - 1);
                break;
            case "meta protocol" or "ether type" when NftValue.Text(NftValueKind.EtherType, value) is "ip" or "ip6" or "arp":
                (_family, _familyWord) = (
                    NftValue.Text(NftValueKind.EtherType, value) switch { "ip" => 2, "ip6" => 10, _ => 3 }, _words.Count - 1);
                break;
        }
    }

    private void Look(NftExpression expression)
    {
        string name = expression.Text(1) ?? "?"; // NFTA_LOOKUP_SET
        NftSet? set = findSet(name);
        List<NftField> fields = Concatenated(Register(expression.Number(2)), set); // NFTA_LOOKUP_SREG
        string subject = string.Join(
            " . ", fields.Select(field => field.Mask is { } mask ? $"{field.Name} & {NftValue.Bits(field.Kind, mask)}" : field.Name));
        bool isInverted = (expression.Number(5) & 1) == 1; // NFTA_LOOKUP_FLAGS, NFT_LOOKUP_F_INV
        string content = set is { IsAnonymous: true, Elements: not null } ? NftElementText.List(set, fields, MostElements) : $"@{name}";

        // A map whose data goes to the register of verdicts decides; NFTA_LOOKUP_DREG.
        if (expression.Number(3) is 0)
        {
            _map = set ?? new NftSet { Key = rule.Chain with { Name = name }, IsVerdictMap = true };
            _elements = set is null ? [] : NftElementText.Of(set, fields);
            _words.Add($"{subject} vmap {content}");
        }
        else if (expression.Number(3) is { } data)
        {
            _registers[Register(data)] = new NftField($"{subject} map {content}", NftValueKind.Bytes, 4);
        }
        else
        {
            _words.Add($"{subject} {(isInverted ? "!= " : "")}{content}");
        }
    }

    private List<NftField> Concatenated(int register, NftSet? set)
    {
        var fields = new List<NftField>();
        int length = set?.KeyLength ?? 0;
        int next = register;
        while (_registers.TryGetValue(next, out NftField? field))
        {
            fields.Add(field);
            next += (field.Length + 3) / 4;
            if ((next - register) * 4 >= length)
            {
                break;
            }
        }

        return fields.Count > 0 ? fields : [new NftField("(a value)", NftValueKind.Bytes, 4)];
    }

    private void Count(long? packets, string name)
    {
        _counter = packets;
        _words.Add(string.Create(CultureInfo.InvariantCulture, $"{name} packets {packets}"));
    }

    private void Refer(NftExpression expression)
    {
        // NFTA_OBJREF_IMM_TYPE, _IMM_NAME
        if (expression.Number(1) is 1 && expression.Text(2) is { } name)
        {
            // Where several rules share it, what it shows is no witness against one of them.
            _words.Add($"counter name \"{name}\"");
            if (findCounter(name) is { } counter)
            {
                (_counter, _isExact) = (counter.Packets, counter.IsOwn);
            }
        }
        else
        {
            _words.Add($"({expression.Name} {expression.Text(2) ?? expression.Text(4)})");
        }
    }

    private void Decide(NftVerdict verdict)
    {
        _words.Add(verdict.Text);
        if (verdict.IsDrop)
        {
            _kind = NetfilterDropKind.Drop;
        }
        else if (verdict.IsQueue)
        {
            (_kind, _queue) = (NetfilterDropKind.Queue, QueueOf(verdict));
        }
        else if (verdict.IsJump)
        {
            _jump = verdict;
        }
    }

    private void Queue(NftExpression expression)
    {
        _kind = NetfilterDropKind.Queue;
        bool isComputed = expression.Number(4) is not null; // NFTA_QUEUE_SREG_QNUM
        bool bypasses = ((expression.Short(3) ?? 0) & 1) != 0; // NFTA_QUEUE_FLAGS, NFT_QUEUE_FLAG_BYPASS
        // _NUM, _TOTAL
        _queue = new NetfilterQueue(isComputed ? null : expression.Short(1) ?? 0, Math.Max(1, (int)(expression.Short(2) ?? 1)), bypasses);
        string numbers = _queue switch
        {
            { First: null } => "to (computed)",
            { Count: > 1 } => $"to {_queue.First}-{_queue.First + _queue.Count - 1}",
            _ => $"to {_queue.First}",
        };
        _words.Add($"queue{(bypasses ? " flags bypass" : "")} {numbers}");
    }

    private void Target(NftExpression expression)
    {
        // A rule of iptables-nft whose target is an xtables module: NFTA_TARGET_NAME, _REV, _INFO.
        string name = expression.Text(1) ?? "?";
        _kind = XtRuleText.KindOf(name) ?? _kind;
        _queue = name == "NFQUEUE" ? XtRuleText.QueueOf(expression.Bytes(3) ?? [], (int)(expression.Number(2) ?? 0)) : _queue;
        _words.Add(name == "NFQUEUE" ? $"-j NFQUEUE {XtRuleText.QueueText(_queue!)}" : $"-j {name}");
    }

    private static string Limit(NftExpression expression)
    {
        string unit = expression.Long(2) switch
        {
            1 => "second",
            60 => "minute",
            3600 => "hour",
            86400 => "day",
            604800 => "week",
            var other => $"{other} seconds",
        };
        bool isOver = ((expression.Number(5) ?? 0) & 1) != 0; // NFT_LIMIT_F_INV
        string what = expression.Number(4) is 1 ? " bytes" : ""; // NFT_LIMIT_PKT_BYTES
        return string.Create(CultureInfo.InvariantCulture, $"limit rate {(isOver ? "over " : "")}{expression.Long(1)}{what}/{unit}");
    }
}
