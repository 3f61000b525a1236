using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DropMon.Kernel.Tracing;
using DropMon.KernelTests.Traffic;
using DropMon.Machine;
using DropMon.Native;
using DropMon.Netlink;
using DropMon.Sources.NetDm;
using DropMon.Sources.Tracepoint;

namespace DropMon.KernelTests.Golden;

/// <summary>
/// Not tests: they write down what this kernel says, for the decoders' tests. Run by <c>tests/vm/golden</c>, which names the folder
/// in DROPMON_GOLDEN.
/// </summary>
public sealed class GoldenCapture
{
    private const int DatagramRoom = 16 * 1024;
    private const int ReportMilliseconds = 5000;
    private const int QuietMilliseconds = 200;

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _folder = Environment.GetEnvironmentVariable("DROPMON_GOLDEN") ?? "";

    [Fact(Explicit = true)]
    public void Netlink_messages()
    {
        using var transport = new RecordingTransport();
        using NetDmClient client = NetDmClient.TryConnect(new NetlinkConnection(transport))!;
        Save("family", transport.TakeReplies());
        client.GetConfiguration();
        Save("configuration", transport.TakeReplies());
        client.GetStatistics();
        Save("statistics", transport.TakeReplies());

        CaptureAlerts(client, transport, new NetDmConfiguration(DropAlertMode.Packet, 0, 1000), "packet-ipv4", DropTraffic.Ipv4);
        CaptureAlerts(client, transport, new NetDmConfiguration(DropAlertMode.Packet, 0, 1000), "packet-ipv6", DropTraffic.Ipv6);
        CaptureAlerts(client, transport, new NetDmConfiguration(DropAlertMode.Packet, 32, 1000), "packet-truncated", DropTraffic.Ipv4);
        CaptureAlerts(client, transport, new NetDmConfiguration(DropAlertMode.Summary, 0, 1000), "summary", DropTraffic.Ipv4);
        client.Configure(NetDmConfiguration.KernelDefault);
    }

    [Fact(Explicit = true)]
    public void Perf_records()
    {
        TracepointFormat format = KfreeSkbTracepoint.ReadFormat();
        CopyText(Path.Combine(TraceFs.Find(), "events/skb/kfree_skb/format"), "kfree_skb.format");
        File.WriteAllBytes(Path.Combine(_folder, "sample.bin"), CaptureSample(format.Id, callchain: false));
        File.WriteAllBytes(Path.Combine(_folder, "sample-callchain.bin"), CaptureSample(format.Id, callchain: true));
    }

    [Fact(Explicit = true)]
    public void Symbols()
    {
        // The neighbourhood of what the captured drops point at, a stretch with all kinds of symbols, and one module.
        string[] all = File.ReadAllLines("/proc/kallsyms");
        var wanted = new SortedSet<int>();
        foreach (string function in (string[])["__udp4_lib_rcv", "__udp6_lib_rcv", "udp_rcv", "udpv6_rcv", "udp_unicast_rcv_skb",
            "kfree_skb_reason", "sk_skb_reason_drop"])
        {
            int at = Array.FindIndex(all, line => line.EndsWith(" " + function, StringComparison.Ordinal));
            AddAround(wanted, at, 12, all.Length);
        }

        AddAround(wanted, 20, 20, all.Length);
        AddAround(wanted, Array.FindIndex(all, line => line.EndsWith("[drop_monitor]", StringComparison.Ordinal)) + 20, 30, all.Length);
        File.WriteAllLines(Path.Combine(_folder, "kallsyms"), wanted.Select(index => all[index]));
        CopyText("/proc/modules", "modules");
    }

    private static void AddAround(SortedSet<int> wanted, int index, int reach, int length)
    {
        for (int i = Math.Max(index - reach, 0); index >= 0 && i <= Math.Min(index + reach, length - 1); i++)
        {
            wanted.Add(i);
        }
    }

    private void CaptureAlerts(NetDmClient client, RecordingTransport transport, NetDmConfiguration configuration, string name,
        Func<DropTraffic> open)
    {
        using var events = new NetlinkEventSocket(NetlinkSocket.Generic, 1 << 20);
        events.Join(client.Family.Group(NetDmClient.EventsGroup));
        client.Configure(configuration);
        Assert.True(client.TryStart(NetDmParts.Software));
        try
        {
            transport.TakeReplies();
            Assert.False(client.TryStart(NetDmParts.Software));
            Save("start-while-on", transport.TakeReplies());
            Assert.Throws<NetlinkException>(() => client.Configure(configuration));
            Save("configure-while-on", transport.TakeReplies());
            using DropTraffic traffic = open();
            traffic.Send(3);
            byte[] datagram = NextAlert(events, client.Family.Id);
            File.WriteAllBytes(Path.Combine(_folder, name + ".bin"), datagram);
            Describe(name, traffic, configuration);
        }
        finally
        {
            client.Stop(NetDmParts.Software);
            Drain(events);
        }
    }

    // What is left unread in a socket is dropped itself, later, and the next capture would see that.
    private static void Drain(NetlinkEventSocket events)
    {
        byte[] buffer = new byte[DatagramRoom];
        var poller = new Poller(events.Handle);
        while (poller.Wait(QuietMilliseconds))
        {
            NetlinkSocketHandle.Receive(events.Handle, buffer);
        }
    }

    private static byte[] NextAlert(NetlinkEventSocket events, ushort family)
    {
        byte[] buffer = new byte[DatagramRoom];
        var poller = new Poller(events.Handle);
        while (poller.Wait(ReportMilliseconds))
        {
            int length = NetlinkSocketHandle.Receive(events.Handle, buffer);
            if (NetlinkHeader.TryRead(buffer, out NetlinkHeader header) && header.Type == family)
            {
                return buffer[..length];
            }
        }

        throw new TimeoutException("No alert came.");
    }

    private static byte[] CaptureSample(int tracepoint, bool callchain)
    {
        using DropTraffic traffic = DropTraffic.Ipv4();
        int[] cpus = CpuList.ReadOnline();
        List<CpuEvent> events = [.. cpus.Select(cpu => new CpuEvent(cpu, tracepoint, 256 * 1024, callchain))];
        try
        {
            events.ForEach(e => e.SetEnabled(true));
            traffic.Send(1);
            events.ForEach(e => e.SetEnabled(false));
            foreach (PerfRing ring in events.Select(e => e.Ring))
            {
                ring.Begin();
                while (ring.TryRead(out uint type, out ReadOnlySpan<byte> body))
                {
                    if (type == PerfRing.RecordSample && MemoryMarshal.Read<int>(body) == Environment.ProcessId)
                    {
                        return body.ToArray();
                    }
                }
            }
        }
        finally
        {
            events.ForEach(e => e.Dispose());
        }

        throw new InvalidOperationException("No sample of this process was recorded.");
    }

    // The kernel's files have modes that no repository should.
    private void CopyText(string source, string name) => File.WriteAllText(Path.Combine(_folder, name), File.ReadAllText(source));

    private void Save(string name, byte[][] datagrams) =>
        File.WriteAllBytes(Path.Combine(_folder, name + ".bin"), [.. datagrams.SelectMany(bytes => bytes)]);

    // What is known of the drop without any decoder.
    private void Describe(string name, DropTraffic traffic, NetDmConfiguration configuration)
    {
        string path = Path.Combine(_folder, name + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(
            new
            {
                kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
                mode = configuration.Mode.ToString(),
                truncationLength = configuration.TruncationLength,
                datagrams = 3,
                sourcePort = traffic.SourcePort,
                port = traffic.Port,
                payload = Encoding.ASCII.GetString(traffic.Payload),
                interfaceName = "lo",
                interfaceIndex = int.Parse(File.ReadAllText("/sys/class/net/lo/ifindex"), CultureInfo.InvariantCulture),
                unixSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            },
            Readable) + "\n");
    }
}
