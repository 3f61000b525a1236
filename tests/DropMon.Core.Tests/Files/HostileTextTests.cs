using System.Collections;
using System.Reflection;
using System.Text;
using DropMon.Counters.Tables;
using DropMon.Evidence;
using DropMon.Files;
using DropMon.Machine;
using DropMon.Sessions.Measurement;
using DropMon.Tests.Machine;
using DropMon.Tests.Netfilter;

namespace DropMon.Tests.Files;

/// <summary>Whatever a file says, no text of an object that comes of it steers a terminal.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Hostile = "\\u001b]0;x\\u0007\\u009b2J\\u202e\\u2028\\u0000\\r\\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_text_of_every_object_from_a_hostile_file_is_safe()
    {
        string[] texts = ["InterfaceName", "ProcessName", "ComputerName", "Type", "Reason", "ReasonSubsystem", "Explanation", "Function",
            "Module", "SourceFile", "TrapName", "TrapGroup"];
        string frame = $"{{\"Function\":\"{Hostile}\",\"Module\":\"{Hostile}\",\"SourceFile\":\"{Hostile}\"}}";
        string alert = $"{{\"Timestamp\":\"2025-11-24T03:46:50Z\",{string.Join(',', texts.Select(name => $"\"{name}\":\"{name}{Hostile}\""))},\"Line\":1,\"InlineFrames\":[{frame}],\"StackTrace\":[{frame},\"{Hostile}\"]}}";
        string ledger = $"{{\"Record\":\"Ledger\",\"RingLost\":1,\"Losses\":[{{\"Cause\":\"Own{Hostile}\",\"Count\":2,\"Description\":\"{Hostile}\",\"Remedy\":\"{Hostile}\"}}],\"Gaps\":[\"{Hostile}\"]}}";
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes($"{alert}\n{ledger}\n"));
        var walk = new TextWalk();

        using AlertReader reader = DropMon.Files.AlertFile.OpenRead(path);
        DropAlert read = Assert.Single(reader.ReadAll());
        walk.Look(read, "alert");
        walk.Look(reader.Ledger, "ledger");
        walk.Look(reader.Ledger!.GetLosses(), "losses");
        walk.Look(Json(reader.Ledger), "the ledger's JSON");
        foreach (DropGroupKey key in Enum.GetValues<DropGroupKey>())
        {
            var measurer = new AlertMeasurer([key]);
            measurer.Add(read);
            IReadOnlyList<DropMeasurement> groups = measurer.Read();
            walk.Look(groups, $"measurement by {key}");
            walk.Look(new DropHealthCheck { MaxCount = 0 }.Judge(groups, TimeSpan.FromSeconds(1), new DropLedger()), "health");
            walk.Look(DropComparer.Compare(groups, []), "comparison");
        }

        Assert.True(walk.Texts > 100, $"{walk.Texts} texts");
    }

    [Fact]
    public void A_file_gives_no_advice_on_a_loss()
    {
        string path = _folder.File("a.jsonl", "{\"Record\":\"Ledger\",\"Losses\":[{\"Cause\":\"Own\",\"Count\":2,\"Description\":\"d\",\"Remedy\":\"run me\"}]}\n"u8.ToArray());
        using AlertReader reader = DropMon.Files.AlertFile.OpenRead(path);
        reader.TryRead(out _);

        DropLoss loss = Assert.Single(reader.Ledger!.GetLosses());

        Assert.Null(loss.Remedy);
        Assert.Equal("2 (in the words of the file: \"d\")", loss.ToString());
    }

    [Fact]
    public void Every_text_of_the_evidence_of_a_hostile_machine_is_safe()
    {
        const string Name = "e\u001b[2J\u202e";
        var machine = new FakeMachine()
            .With(new KernelLink(2, Name, null, []) { Flags = 1, Promiscuity = 1, Address = "02:00:00:00:00:01" })
            .With(new InetSocket("udp", System.Net.IPAddress.Any, 53, 0, 7, 213000, 1, 5) { Device = 2, QueueLimit = 213000 })
            .With(new PacketSocket(3, 1, 2, false, 0, new SocketMemory(9, 9, 9)))
            .With(new QueueDiscipline(2, "pfifo 8001: root", "pfifo", new QdiscCounts { Length = 10, Drops = 9 }, 10))
            .Neighbour("192.0.2.1", 2, 0x20).Route("192.0.2.7", 2, "192.0.2.1").Route("192.0.2.1", 2)
            .File("/proc/812/comm", $"{Name}\n").Link("/proc/812/fd/3", "socket:[1]")
            .File("/proc/sys/net/ipv4/conf/all/rp_filter", "1\n").File($"/proc/sys/net/ipv4/conf/{Name}/rp_filter", "1\n")
            .File($"/proc/sys/net/ipv6/conf/{Name}/disable_ipv6", "1\n").File($"/proc/sys/net/ipv4/neigh/{Name}/unres_qlen_bytes", "1\n")
            .File("/proc/sys/net/netfilter/nf_conntrack_count", "1\n").File("/proc/sys/net/netfilter/nf_conntrack_max", "9\n")
            .File("/proc/thread-self/net/stat/nf_conntrack", "entries  drop\n00000001 00000005\n")
            .Logs(TimeSpan.FromSeconds(1), $"nf_conntrack: table full {Name}")
            .Netfilter(ScriptedNetfilter.Recorded());
        string[] reasons =
        [
            "NO_SOCKET", "SOCKET_RCVBUFF", "PACKET_SOCK_ERROR", "QDISC_DROP", "OTHERHOST",
            "IP_RPFILTER", "IPV6DISABLED", "NEIGH_QUEUEFULL", "NETFILTER_DROP", "IP_INNOROUTES",
        ];
        var walk = new TextWalk();

        foreach (string reason in reasons)
        {
            var query = new EvidenceQuery
            {
                Reason = reason,
                InterfaceName = Name,
                DestinationPort = 53,
                SourceAddress = System.Net.IPAddress.Parse("192.0.2.1"),
                DestinationAddress = System.Net.IPAddress.Parse("192.0.2.7"),
            };
            List<DropEvidence> found = machine.Collect(query with { Reason = reason });
            Assert.NotEmpty(found);
            walk.Look(found, reason);
        }

        Assert.True(walk.Texts > 100, $"{walk.Texts} texts");
    }

    [Fact]
    public void An_error_says_a_hostile_name_in_safe_text()
    {
        string name = _folder.File("\u001b[31m\u202e.jsonl");

        var error = Assert.Throws<CaptureException>(() => DropMon.Files.AlertFile.OpenRead(name));

        Assert.Equal(SafeText.Escape(error.Message), error.Message);
        Assert.Contains("\\u001b", error.Message);
        Assert.Equal(SafeText.Escape(error.Remedy!), error.Remedy);
        Assert.Equal(SafeText.Escape(error.Path), error.Path);
        for (Exception? inner = error.InnerException; inner is not null; inner = inner.InnerException)
        {
            Assert.Equal(SafeText.Escape(inner.Message), inner.Message);
        }
    }

    private static string Json(DropLedger ledger)
    {
        using var stream = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            DropMon.Files.Json.LedgerJson.WriteProperties(json, ledger);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Looks at the texts of an object, and of all that it consists of.</summary>
    private sealed class TextWalk
    {
        private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

        public int Texts { get; private set; }

        public void Look(object? value, string where)
        {
            if (value is null or Enum or Type || value.GetType().IsPrimitive || value is DateTimeOffset or DateTime or TimeSpan
                || (value is not string && !_seen.Add(value)))
            {
                return;
            }

            if (value is string text)
            {
                Texts++;
                Assert.True(SafeText.Escape(text) == text, $"{where}: {SafeText.Escape(text)}");
                return;
            }

            if (value is IEnumerable items)
            {
                foreach (object? item in items)
                {
                    Look(item, where);
                }

                return;
            }

            Look(value.ToString(), $"{where}.ToString()");
            if (value.GetType().Assembly != typeof(DropAlert).Assembly)
            {
                return;
            }

            foreach (PropertyInfo property in value.GetType()
                .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .Where(property => property.GetIndexParameters().Length == 0))
            {
                Look(property.GetValue(value), $"{where}.{property.Name}");
            }
        }
    }
}
