using System.Net;
using DropMon.Evidence;
using DropMon.Machine;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>
/// Drops of other network namespaces and computers, and names that no kernel gives: what this machine shows decides nothing of them.
/// </summary>
public class ForeignDropTests
{
    private static readonly FakeMachine Machine = new FakeMachine()
        .Link("/proc/thread-self/ns/net", "net:[4026531840]")
        .With(new InetSocket("udp", IPAddress.Loopback, 53, 0, 7, 0, 1, 0) { Device = 0 });

    [Fact]
    public void A_drop_of_this_namespace_gets_a_verdict() =>
        Assert.Contains(Find(4026531840, null), item => item.Verdict == EvidenceVerdict.Confirms);

    [Fact]
    public void A_drop_of_another_namespace_gets_none_and_is_said_to_be_one()
    {
        List<DropEvidence> found = Find(4026532000, null);

        Assert.DoesNotContain(found, item => item.Verdict != EvidenceVerdict.Neutral);
        Assert.Contains(found, item => item.Subject == "network namespace");
    }

    [Fact]
    public void A_drop_of_another_computer_gets_none_and_is_said_to_be_one()
    {
        List<DropEvidence> found = Find(null, "elsewhere.example");

        Assert.DoesNotContain(found, item => item.Verdict != EvidenceVerdict.Neutral);
        Assert.Contains(found, item => item.Subject == "computer");
    }

    [Theory]
    [InlineData("../../..")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("eth0 up")]
    [InlineData("eth0:1")]
    [InlineData("an-interface-name")]
    [InlineData("")]
    public void A_name_that_no_interface_has_is_looked_up_nowhere(string name)
    {
        var machine = new PathRecorder();
        var alert = new DropAlert(new DropSite { Reason = "IP_INADDRERRORS", ReasonSubsystem = "core", Class = DropClass.Ipv4 },
            DateTimeOffset.UnixEpoch)
        { InterfaceName = name };

        List<DropEvidence> found = [.. EvidenceCollector.Create(machine, tables: new FakeMachine())
            .Collect(EvidenceQuery.Of(alert), TestContext.Current.CancellationToken)];

        Assert.Contains(found, item => item.Finding.Contains("no kernel allows", StringComparison.Ordinal));
        Assert.NotEmpty(machine.Paths);
        Assert.All(machine.Paths, path => Assert.DoesNotContain("..", path, StringComparison.Ordinal));
        Assert.DoesNotContain(machine.Paths, path => name.Length > 0 && path.Contains($"/{name}/", StringComparison.Ordinal));
    }

    private static List<DropEvidence> Find(ulong? networkNamespace, string? computer) => Machine.Collect(new EvidenceQuery
    {
        Reason = "NO_SOCKET",
        Class = DropClass.Udp,
        DestinationAddress = IPAddress.Parse("192.0.2.7"),
        DestinationPort = 53,
        NetworkNamespace = networkNamespace,
        ComputerName = computer,
    });

    private sealed class PathRecorder : IMachine
    {
        public List<string> Paths { get; } = [];

        public string? ReadFile(string path, CancellationToken cancellationToken = default)
        {
            Paths.Add(path);
            return null;
        }

        public IReadOnlyList<string> ListDirectory(string path)
        {
            Paths.Add(path);
            return [];
        }

        public string? ReadLink(string path)
        {
            Paths.Add(path);
            return null;
        }

        public IReadOnlyList<KernelMessage>? ReadKernelLog(CancellationToken cancellationToken) => null;
    }
}
