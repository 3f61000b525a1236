using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace DropMon.Netfilter;

/// <summary>A rule of xtables in iptables' own words, as far as it is decoded; matches of other modules are named.</summary>
internal static class XtRuleText
{
    private const int MatchHeaderSize = 32; // struct xt_entry_match
    private const int MatchNameSize = 29; // XT_EXTENSION_MAXNAMELEN
    private const int InterfaceSize = 16; // IFNAMSIZ
    private const byte NotInput = 0x01; // IPT_INV_VIA_IN
    private const byte NotOutput = 0x02; // IPT_INV_VIA_OUT
    private const byte NotSource = 0x08; // IPT_INV_SRCIP
    private const byte NotDestination = 0x10; // IPT_INV_DSTIP
    private const byte NotProtocol = 0x40; // XT_INV_PROTO
    private const byte NotSourcePort = 0x01; // XT_TCP_INV_SRCPT
    private const byte NotDestinationPort = 0x02; // XT_TCP_INV_DSTPT
    private const ushort BypassFlag = 1; // NFQ_FLAG_BYPASS

    private delegate void MatchHandler(string name, ReadOnlySpan<byte> data);

    /// <summary>What such a target does to packets; null where it lets them go on.</summary>
    public static NetfilterDropKind? KindOf(string target) => target switch
    {
        "DROP" => NetfilterDropKind.Drop,
        "REJECT" => NetfilterDropKind.Reject,
        "NFQUEUE" => NetfilterDropKind.Queue,
        _ => null,
    };

    /// <summary>struct xt_NFQ_info and its revisions.</summary>
    public static NetfilterQueue QueueOf(ReadOnlySpan<byte> data, int revision)
    {
        ushort Field(ReadOnlySpan<byte> bytes, int index) =>
            bytes.Length >= 2 * (index + 1) ? MemoryMarshal.Read<ushort>(bytes[(2 * index)..]) : (ushort)0;
        return data.Length < 2
            ? new NetfilterQueue(null, 1, Bypasses: false)
            : new NetfilterQueue(
                Field(data, 0),
                revision >= 1 ? Math.Max(1, (int)Field(data, 1)) : 1,
                revision >= 2 && (Field(data, 2) & BypassFlag) != 0);
    }

    public static string Of(XtFamily family, XtEntry entry)
    {
        var words = new List<string>();
        AddHeader(family, entry.Header, words);
        Matches(entry.Matches, (name, data) => words.Add(Match(name, data)));
        words.Add(entry.Target switch
        {
            "" => "-j DROP",
            "NFQUEUE" => $"-j NFQUEUE {QueueText(QueueOf(entry.TargetData, entry.TargetRevision))}",
            _ => $"-j {entry.Target}",
        });
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    public static string? CommentOf(XtEntry entry)
    {
        string? comment = null;
        Matches(entry.Matches, (name, data) => comment = name == "comment" ? XtTableReader.TextOf(data) : comment);
        return comment;
    }

    /// <summary>A match of an xtables module; empty for a comment.</summary>
    public static string Match(string name, ReadOnlySpan<byte> data) => name switch
    {
        "comment" => "",
        "tcp" or "udp" when data.Length >= (name == "tcp" ? 12 : 9) => string.Join(' ', new[]
        {
            $"-m {name}",
            Ports("--sport", data, 0, data[name == "tcp" ? 11 : 8], NotSourcePort),
            Ports("--dport", data, 4, data[name == "tcp" ? 11 : 8], NotDestinationPort),
        }.Where(word => word.Length > 0)),
        _ => $"-m {name} (not decoded)",
    };

    public static string QueueText(NetfilterQueue queue)
    {
        string text = queue switch
        {
            { First: null } => "--queue-num (computed)",
            { Count: > 1 } => $"--queue-balance {queue.First}:{queue.First + queue.Count - 1}",
            _ => $"--queue-num {queue.First}",
        };
        return queue.Bypasses ? $"{text} --queue-bypass" : text;
    }

    private static void AddHeader(XtFamily family, ReadOnlySpan<byte> header, List<string> words)
    {
        byte inverted = header[family.Flags + (family == XtFamily.Arp ? 2 : 1)];
        int size = family.AddressSize;
        if (size > 0)
        {
            words.Add(Address("-s", header[..size], header.Slice(2 * size, size), (inverted & NotSource) != 0));
            words.Add(Address("-d", header.Slice(size, size), header.Slice(3 * size, size), (inverted & NotDestination) != 0));
        }

        int interfaces = family.Interfaces;
        words.Add(Interface("-i", header, interfaces, (inverted & NotInput) != 0));
        words.Add(Interface("-o", header, interfaces + InterfaceSize, (inverted & NotOutput) != 0));
        if (family.Protocol > 0 && MemoryMarshal.Read<ushort>(header[family.Protocol..]) is not 0 and var protocol)
        {
            words.Add($"{((inverted & NotProtocol) != 0 ? "! " : "")}-p {NftValue.ProtocolName(protocol)}");
        }
    }

    private static string Address(string option, ReadOnlySpan<byte> address, ReadOnlySpan<byte> mask, bool isInverted)
    {
        int prefix = NftValue.PrefixOf(mask);
        string text = new IPAddress(address).ToString();
        return prefix == 0
            ? ""
            : $"{(isInverted ? "! " : "")}{option} " +
                $"{text}/{(prefix > 0 ? prefix.ToString(CultureInfo.InvariantCulture) : new IPAddress(mask).ToString())}";
    }

    private static string Interface(string option, ReadOnlySpan<byte> header, int offset, bool isInverted)
    {
        string name = XtTableReader.TextOf(header.Slice(offset, InterfaceSize));
        int significant = header.Slice(offset + (2 * InterfaceSize), InterfaceSize).IndexOf((byte)0);

        // The mask of a whole name covers its terminating zero; that of eth+ does not.
        return name.Length == 0 ? "" : $"{(isInverted ? "! " : "")}{option} {name}{(significant == name.Length ? "+" : "")}";
    }

    private static string Ports(string option, ReadOnlySpan<byte> data, int offset, byte inverted, byte flag)
    {
        ushort low = MemoryMarshal.Read<ushort>(data[offset..]);
        ushort high = MemoryMarshal.Read<ushort>(data[(offset + 2)..]);
        return low == 0 && high == ushort.MaxValue
            ? ""
            : $"{((inverted & flag) != 0 ? "! " : "")}{option} {(low == high ? $"{low}" : $"{low}:{high}")}";
    }

    private static void Matches(ReadOnlySpan<byte> bytes, MatchHandler onMatch)
    {
        while (bytes.Length >= MatchHeaderSize)
        {
            int size = MemoryMarshal.Read<ushort>(bytes);
            if (size < MatchHeaderSize || size > bytes.Length)
            {
                return;
            }

            onMatch(XtTableReader.TextOf(bytes.Slice(2, MatchNameSize)), bytes[MatchHeaderSize..size]);
            bytes = bytes[size..];
        }
    }
}
