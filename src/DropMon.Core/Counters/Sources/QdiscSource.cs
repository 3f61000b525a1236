using System.Globalization;
using System.Runtime.InteropServices;
using DropMon.Netlink;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>Each interface's queueing disciplines with their statistics, those that the kernel made by default included (RTM_GETQDISC).</summary>
internal sealed class QdiscSource(Func<NetlinkConnection> route, LinkTable links) : IDropCounterSource
{
    private const ushort GetQdisc = 38; // RTM_GETQDISC
    private const ushort QdiscKind = 1; // TCA_KIND
    private const ushort QdiscStatistics = 7; // TCA_STATS2
    private const ushort DumpInvisible = 10; // TCA_DUMP_INVISIBLE
    private const ushort QueueStatistics = 3; // TCA_STATS_QUEUE

    private static readonly CounterName Drops = new("Qdisc", "drops");
    private static readonly CounterName Overlimits = new("Qdisc", "overlimits");
    private static readonly CounterName Requeues = new("Qdisc", "requeues");
    private static readonly CounterName Backlog = new("Qdisc", "backlog");
    private static readonly CounterName Length = new("Qdisc", "qlen");

    public string Name => "rtnetlink RTM_GETQDISC";

    public IEnumerable<CounterReading> Read()
    {
        var readings = new List<CounterReading>();
        NetlinkRequest request = new NetlinkRequest(GetQdisc, NetlinkFlags.Dump, "Reading the queueing disciplines' statistics")
            .AddHeader(default(TrafficHeader))
            .AddFlag(DumpInvisible);
        route().Execute(request, (_, payload) => Decode(payload, links.NameOf, readings));
        return readings;
    }

    internal static void Decode(ReadOnlySpan<byte> payload, Func<int, string> nameOf, List<CounterReading> readings)
    {
        if (!MemoryMarshal.TryRead(payload, out TrafficHeader header))
        {
            throw new NetlinkFormatException("The kernel's description of a queueing discipline is too short.");
        }

        string kind = "";
        QueueCounts? counts = null;
        var reader = new AttributeReader(payload[Marshal.SizeOf<TrafficHeader>()..]);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case QdiscKind:
                    kind = SafeText.Escape(reader.ReadText());
                    break;
                case QdiscStatistics:
                    counts = ReadCounts(reader.Nested());
                    break;
            }
        }

        if (counts is { } queue)
        {
            string name = $"{kind} {Handle(header.Handle)} {Parent(header.Parent)}";
            var reading = new CounterReading(Drops, queue.Drops) { InterfaceName = nameOf(header.InterfaceIndex), Queue = name };
            readings.Add(reading);
            readings.Add(reading with { Counter = Overlimits, Value = queue.Overlimits });
            readings.Add(reading with { Counter = Requeues, Value = queue.Requeues });
            readings.Add(reading with { Counter = Length, Value = queue.Length });
            readings.Add(reading with { Counter = Backlog, Value = queue.Backlog });
        }
    }

    private static QueueCounts? ReadCounts(AttributeReader reader)
    {
        while (reader.MoveNext())
        {
            if (reader.Type == QueueStatistics && MemoryMarshal.TryRead(reader.Value, out QueueCounts counts))
            {
                return counts;
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

    /// <summary>struct gnet_stats_queue.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct QueueCounts
    {
        public uint Length;
        public uint Backlog;
        public uint Drops;
        public uint Requeues;
        public uint Overlimits;
    }
}
