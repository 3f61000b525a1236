using System.Buffers.Binary;
using System.Globalization;
using DropMon.Native;
using DropMon.Netlink;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>
/// Rules of nftables whose verdict is drop or reject, and chains whose policy is drop, where they have counters. Rules that iptables-nft
/// wrote are among them. Read by netlink, since the tool takes longer than all other sources together.
/// </summary>
internal sealed class NftablesSource(Func<NetlinkConnection> netfilter) : IDropCounterSource
{
    private const ushort GetRule = (10 << 8) | 7; // NFNL_SUBSYS_NFTABLES, NFT_MSG_GETRULE
    private const ushort GetChain = (10 << 8) | 4; // NFT_MSG_GETCHAIN

    private const ushort Table = 1; // NFTA_RULE_TABLE, NFTA_CHAIN_TABLE
    private const ushort RuleChain = 2; // NFTA_RULE_CHAIN
    private const ushort RuleHandle = 3; // NFTA_RULE_HANDLE
    private const ushort RuleExpressions = 4; // NFTA_RULE_EXPRESSIONS
    private const ushort ListElement = 1; // NFTA_LIST_ELEM
    private const ushort ExpressionName = 1; // NFTA_EXPR_NAME
    private const ushort ExpressionData = 2; // NFTA_EXPR_DATA
    private const ushort ImmediateData = 2; // NFTA_IMMEDIATE_DATA
    private const ushort DataVerdict = 2; // NFTA_DATA_VERDICT
    private const ushort VerdictCode = 1; // NFTA_VERDICT_CODE
    private const ushort CounterPackets = 2; // NFTA_COUNTER_PACKETS
    private const ushort TargetName = 1; // NFTA_TARGET_NAME
    private const ushort ChainName = 3; // NFTA_CHAIN_NAME
    private const ushort ChainPolicy = 5; // NFTA_CHAIN_POLICY
    private const ushort ChainCounters = 8; // NFTA_CHAIN_COUNTERS
    private const uint Drop = 0; // NF_DROP

    public string Name => "nftables";

    public IEnumerable<CounterReading> Read()
    {
        var readings = new List<CounterReading>();
        Ask(GetRule, "Reading the rules of nftables", payload => Add(DecodeRule(payload), readings));
        Ask(GetChain, "Reading the chains of nftables", payload => Add(DecodeChain(payload), readings));
        return readings;
    }

    private delegate void PayloadHandler(ReadOnlySpan<byte> payload);

    private void Ask(ushort type, string what, PayloadHandler onPayload)
    {
        NetlinkRequest request = new NetlinkRequest(type, NetlinkFlags.Dump, what).AddHeader(new NetfilterHeader(NetfilterHeader.Unspecified));
        try
        {
            netfilter().Execute(request, (_, payload) => onPayload(payload));
        }
        catch (NetlinkException error) when (error.Errno is Native.Errno.EOPNOTSUPP or Native.Errno.EINVAL)
        {
            // A kernel without nftables has no rules of it.
        }
    }

    private static void Add(CounterReading? reading, List<CounterReading> readings)
    {
        if (reading is not null)
        {
            readings.Add(reading);
        }
    }

    internal static CounterReading? DecodeRule(ReadOnlySpan<byte> payload)
    {
        AttributeReader reader = Attributes(payload);
        string table = "";
        string chain = "";
        ulong handle = 0;
        string? verdict = null;
        long? packets = null;
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case Table:
                    table = SafeText.Escape(reader.ReadText());
                    break;
                case RuleChain:
                    chain = SafeText.Escape(reader.ReadText());
                    break;
                case RuleHandle:
                    _ = BinaryPrimitives.TryReadUInt64BigEndian(reader.Value, out handle);
                    break;
                case RuleExpressions:
                    AttributeReader list = reader.Nested();
                    while (list.MoveNext())
                    {
                        if (list.Type == ListElement)
                        {
                            ReadExpression(list.Nested(), ref verdict, ref packets);
                        }
                    }

                    break;
            }
        }

        return verdict is null || packets is not { } count ? null : new CounterReading(new CounterName("Nftables", verdict), count)
        {
            Instance = string.Create(CultureInfo.InvariantCulture, $"rule {handle} of {NetfilterHeader.FamilyName(payload[0])} {table} {chain}"),
        };
    }

    internal static CounterReading? DecodeChain(ReadOnlySpan<byte> payload)
    {
        AttributeReader reader = Attributes(payload);
        string table = "";
        string chain = "";
        bool drops = false;
        long? packets = null;
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case Table:
                    table = SafeText.Escape(reader.ReadText());
                    break;
                case ChainName:
                    chain = SafeText.Escape(reader.ReadText());
                    break;
                case ChainPolicy:
                    drops = BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out uint policy) && policy == Drop;
                    break;
                case ChainCounters:
                    packets = Packets(reader.Nested());
                    break;
            }
        }

        return !drops || packets is not { } count ? null : new CounterReading(new CounterName("Nftables", "policy_drop"), count)
        {
            Instance = $"chain {NetfilterHeader.FamilyName(payload[0])} {table} {chain}",
        };
    }

    private static AttributeReader Attributes(ReadOnlySpan<byte> payload) => payload.Length < NetfilterHeader.Size
        ? throw new NetlinkFormatException("The kernel's description of a rule or chain is too short.")
        : new AttributeReader(payload[NetfilterHeader.Size..]);

    private static void ReadExpression(AttributeReader expression, ref string? verdict, ref long? packets)
    {
        string name = "";
        while (expression.MoveNext())
        {
            if (expression.Type == ExpressionName)
            {
                name = expression.ReadText();
            }
            else if (expression.Type == ExpressionData)
            {
                switch (name)
                {
                    case "counter":
                        packets = Packets(expression.Nested());
                        break;
                    case "immediate" when IsDrop(expression.Nested()):
                        verdict = "drop";
                        break;
                    case "reject":
                        verdict = "reject";
                        break;
                    case "target":
                        verdict = Target(expression.Nested()) ?? verdict;
                        break;
                }
            }
        }
    }

    private static long? Packets(AttributeReader counter)
    {
        while (counter.MoveNext())
        {
            if (counter.Type == CounterPackets && BinaryPrimitives.TryReadInt64BigEndian(counter.Value, out long packets))
            {
                return packets;
            }
        }

        return null;
    }

    private static bool IsDrop(AttributeReader immediate)
    {
        while (immediate.MoveNext())
        {
            if (immediate.Type != ImmediateData)
            {
                continue;
            }

            AttributeReader data = immediate.Nested();
            while (data.MoveNext())
            {
                AttributeReader verdict = data.Nested();
                while (data.Type == DataVerdict && verdict.MoveNext())
                {
                    if (verdict.Type == VerdictCode && BinaryPrimitives.TryReadUInt32BigEndian(verdict.Value, out uint code))
                    {
                        return code == Drop;
                    }
                }
            }
        }

        return false;
    }

    // A rule of iptables-nft whose target is an xtables module.
    private static string? Target(AttributeReader target)
    {
        while (target.MoveNext())
        {
            if (target.Type == TargetName)
            {
                return target.ReadText() switch { "DROP" => "drop", "REJECT" => "reject", _ => null };
            }
        }

        return null;
    }
}
