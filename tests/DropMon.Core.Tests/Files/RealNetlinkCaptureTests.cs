using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>
/// Files that others have written on Linux 6.12 while five datagrams went to the closed port 9 of loopback: dwdump (<c>dwdump -w</c>), and
/// dumpcap on an nlmon device, which came a datagram late (<c>ip link add nlmon0 type nlmon; dumpcap -i nlmon0 -w</c>, with -P for pcap).
/// </summary>
public sealed class RealNetlinkCaptureTests
{
    [Theory]
    [InlineData("dwdump.pcap", 5)]
    [InlineData("nlmon.pcap", 4)]
    [InlineData("nlmon.pcapng", 4)]
    public void What_another_tool_captured_replays(string file, int count)
    {
        using AlertReader reader = AlertFile.OpenRead(GoldenFiles.PathOf("6.12", Path.Combine("captures", file)));
        var alerts = new List<DropAlert>();
        while (reader.TryRead(out DropAlert? alert))
        {
            alerts.Add(alert);
        }

        Assert.Equal(count, alerts.Count);
        Assert.All(alerts, alert =>
        {
            Assert.Equal(("NO_SOCKET", "__udp4_lib_rcv", DropClass.Udp, DropSourceName.Replay),
                (alert.Reason, alert.Function, alert.Class, alert.Source));
            Assert.Equal("127.0.0.1:9", $"{alert.Packet!.DestinationAddress}:{alert.Packet.DestinationPort}");
            Assert.Equal("hello\n"u8.ToArray(), alert.Payload![^6..]);
        });
        Assert.True(alerts.Select(alert => alert.Timestamp).SequenceEqual(alerts.Select(alert => alert.Timestamp).Order()));
    }
}
