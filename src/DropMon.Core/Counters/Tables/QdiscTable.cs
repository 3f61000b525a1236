using System.Globalization;
using System.Runtime.InteropServices;
using DropMon.Netlink;

namespace DropMon.Counters.Tables;

/// <summary>Each interface's queueing disciplines, those that the kernel made by default included (RTM_GETQDISC).</summary>
internal sealed class QdiscTable(Func<NetlinkConnection> route)
{
    public const string Source = "rtnetlink RTM_GETQDISC";

    private const ushort GetQdisc = 38; // RTM_GETQDISC
    private const ushort QdiscKind = 1; // TCA_KIND
    private const ushort QdiscOptions = 2; // TCA_OPTIONS
    private const ushort QdiscStatistics = 7; // TCA_STATS2
    private const ushort DumpInvisible = 10; // TCA_DUMP_INVISIBLE
    private const ushort QueueStatistics = 3; // TCA_STATS_QUEUE

    /// <exception cref="DropMonException">The kernel does not show them.</exception>
    public List<QueueDiscipline> Read()
    {
        var qdiscs = new List<QueueDiscipline>();
        NetlinkRequest request = new NetlinkRequest(GetQdisc, NetlinkFlags.Dump, "Reading the queueing disciplines' statistics")
            .AddHeader(default(TrafficHeader))
            .AddFlag(DumpInvisible);
        route().Execute(request, (_, payload) =>
        {
            if (Decode(payload) is { } qdisc)
            {
                qdiscs.Add(qdisc);
            }
        });
        return qdiscs;
    }

    /// <returns>The queueing discipline; null for one without statistics.</returns>
    /// <exception cref="NetlinkFormatException">It is too short.</exception>
    public static QueueDiscipline? Decode(ReadOnlySpan<byte> payload)
    {
        if (!MemoryMarshal.TryRead(payload, out TrafficHeader header))
        {
            throw new NetlinkFormatException("The kernel's description of a queueing discipline is too short.");
        }

        string kind = "";
        QdiscCounts? counts = null;
        ReadOnlySpan<byte> options = default;
        var reader = new AttributeReader(payload[Marshal.SizeOf<TrafficHeader>()..]);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case QdiscKind:
                    kind = SafeText.Escape(reader.ReadText());
                    break;
                case QdiscOptions:
                    options = reader.Value;
                    break;
                case QdiscStatistics:
                    counts = ReadCounts(reader.Nested());
                    break;
            }
        }

        return counts is { } queue
            ? new QueueDiscipline(
                header.InterfaceIndex, $"{kind} {Handle(header.Handle)} {Parent(header.Parent)}", kind, queue, LimitOf(kind, options))
            : null;
    }

    private static QdiscCounts? ReadCounts(AttributeReader reader)
    {
        while (reader.MoveNext())
        {
            if (reader.Type == QueueStatistics && MemoryMarshal.TryRead(reader.Value, out QdiscCounts counts))
            {
                return counts;
            }
        }

        return null;
    }

    // Each kind has options of its own form.
    private static uint? LimitOf(string kind, ReadOnlySpan<byte> options) => kind switch
    {
        "pfifo" or "bfifo" or "pfifo_head_drop" => NumberAt(options, 0), // struct tc_fifo_qopt
        "netem" => NumberAt(options, 4), // struct tc_netem_qopt: latency, limit
        "fq_codel" or "codel" => NumberIn(options, 2), // TCA_FQ_CODEL_LIMIT, TCA_CODEL_LIMIT
        "fq" => NumberIn(options, 1), // TCA_FQ_PLIMIT
        _ => null,
    };

    private static uint? NumberAt(ReadOnlySpan<byte> options, int offset) =>
        options.Length >= offset + sizeof(uint) ? MemoryMarshal.Read<uint>(options[offset..]) : null;

    private static uint? NumberIn(ReadOnlySpan<byte> options, ushort type)
    {
        var reader = new AttributeReader(options);
        while (reader.MoveNext())
        {
            if (reader.Type == type)
            {
                return NumberAt(reader.Value, 0);
            }
        }

        return null;
    }

    // As tc writes them: major and minor number, hexadecimal.
    private static string Handle(uint handle) => string.Create(CultureInfo.InvariantCulture, $"{handle >> 16:x}:");

    private static string Parent(uint parent) => parent switch
    {
        0xffffffff => "root", // TC_H_ROOT
        0xfffffff1 => "ingress", // TC_H_INGRESS, TC_H_CLSACT
        _ => string.Create(CultureInfo.InvariantCulture, $"parent {parent >> 16:x}:{parent & 0xffff:x}"),
    };

    /// <summary>struct tcmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TrafficHeader
    {
        public byte Family;
        public byte Padding1;
        public ushort Padding2;
        public int InterfaceIndex;
        public uint Handle;
        public uint Parent;
        public uint Information;
    }
}
