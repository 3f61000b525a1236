using System.Text;
using System.Text.Json;
using DropMon.Netlink;
using DropMon.Sources.NetDm;
using static DropMon.Tests.Netlink.NetlinkBytes;

namespace DropMon.Tests.Sources.NetDm;

public class AlertDecoderTests
{
    private const ushort Family = 0x1f;

    [Theory]
    [MemberData(nameof(GoldenFiles.EachAlert), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_alerts_tell_what_was_sent(string kernel, string name)
    {
        JsonElement known = GoldenFiles.Known(kernel, name);
        byte[] datagram = GoldenFiles.Bytes(kernel, name);

        List<DropAlert> alerts = Decode(datagram, out bool whole);

        Assert.True(whole);
        DropAlert alert = Assert.Single(alerts);
        Assert.NotEqual(0ul, alert.Address);
        if (name == "summary")
        {
            Assert.Equal(known.GetProperty("datagrams").GetInt64(), alert.Count);
            return;
        }

        Assert.Equal(1, alert.Count);
        // Of a software drop the kernel tells the index alone, and that of another machine must not be named here.
        Assert.Equal((null, known.GetProperty("interfaceIndex").GetInt32()), (alert.InterfaceName, alert.InterfaceIndex));
        Assert.InRange(
            alert.Timestamp.ToUnixTimeSeconds(), known.GetProperty("unixSeconds").GetInt64() - 5,
            known.GetProperty("unixSeconds").GetInt64() + 5);
        Assert.Equal(kernel == "5.10" ? null : "NO_SOCKET", alert.Reason);
        Assert.Contains("udp", alert.Function, StringComparison.Ordinal);
        AssertPacket(alert, known);
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.EachAlert), MemberType = typeof(GoldenFiles))]
    public void Damaged_alerts_raise_no_exception(string kernel, string name)
    {
        foreach (byte[] bytes in HostileBytes.Of(GoldenFiles.Bytes(kernel, name)))
        {
            foreach (DropAlert alert in Decode(bytes, out _))
            {
                _ = alert.Packet?.ToString();
                _ = alert.ToString();
            }
        }
    }

    [Fact]
    public void A_hardware_packet_alert_tells_trap_group_and_cookie()
    {
        byte[] frame = [.. new byte[12], 0x08, 0x00, .. new byte[20]];
        byte[] datagram = Generic(
            Family,
            NetDmCommand.PacketAlert,
            Attribute(NetDmAttribute.Origin, Number((ushort)1)),
            Attribute(NetDmAttribute.TrapGroupName, ZeroTerminated("l2_drops")),
            Attribute(NetDmAttribute.TrapName, ZeroTerminated("source_mac_is_multicast")),
            Attribute(NetDmAttribute.FlowActionCookie, [1, 2, 3]),
            Attribute(
                NetDmAttribute.InPort, Attribute(NetDmAttribute.PortIndex, Number(7u)),
                Attribute(NetDmAttribute.PortName, ZeroTerminated("swp1"))),
            Attribute(NetDmAttribute.Timestamp, Number(1_700_000_000_000_000_000ul)),
            Attribute(NetDmAttribute.OriginalLength, Number(1500u)),
            Attribute(NetDmAttribute.Payload, frame));

        DropAlert alert = Assert.Single(Decode(datagram, out bool whole));

        Assert.True(whole);
        Assert.Equal(
            (DropOrigin.Hardware, "source_mac_is_multicast", "l2_drops", "swp1", 7, 1500),
            (alert.Origin, alert.TrapName, alert.TrapGroup, alert.InterfaceName, alert.InterfaceIndex, alert.OriginalLength));
        Assert.Equal([1, 2, 3], alert.FlowActionCookie);
        Assert.Equal(frame, alert.Payload);
        Assert.Equal(1_700_000_000, alert.Timestamp.ToUnixTimeSeconds());
        Assert.Null(alert.Address is 0 ? null : alert.Address);
    }

    [Fact]
    public void A_hardware_summary_tells_each_trap_s_count()
    {
        byte[] datagram = Generic(
            Family,
            NetDmCommand.Alert,
            Attribute(NetDmAttribute.Origin, Number((ushort)1)),
            Attribute(
                NetDmAttribute.HardwareEntries,
                Attribute(
                    NetDmAttribute.HardwareEntry, Attribute(NetDmAttribute.TrapName, ZeroTerminated("blackhole_route")),
                    Attribute(NetDmAttribute.TrapCount, Number(5u))),
                Attribute(
                    NetDmAttribute.HardwareEntry, Attribute(NetDmAttribute.TrapName, ZeroTerminated("ttl_value_is_too_small")),
                    Attribute(NetDmAttribute.TrapCount, Number(7u)))));

        List<DropAlert> alerts = Decode(datagram, out bool whole);

        Assert.True(whole);
        Assert.Equal([("blackhole_route", 5), ("ttl_value_is_too_small", 7)], alerts.Select(a => (a.TrapName, a.Count)));
        Assert.All(alerts, a => Assert.Equal(DropOrigin.Hardware, a.Origin));
    }

    [Fact]
    public void A_summary_that_claims_more_places_than_it_holds_is_malformed_and_gives_those_it_holds()
    {
        byte[] datagram = Generic(
            Family, NetDmCommand.Alert, Attribute(0, Number(uint.MaxValue), Number(0xffffffff81000010ul), Number(3u)));

        DropAlert alert = Assert.Single(Decode(datagram, out bool whole));

        Assert.False(whole);
        Assert.Equal((0xffffffff81000010ul, 3), (alert.Address, alert.Count));
    }

    [Fact]
    public void Several_messages_in_a_datagram_give_several_alerts()
    {
        byte[] one = GoldenFiles.Bytes("6.12", "packet-ipv4");

        Assert.Equal(2, Decode([.. one, .. one], out _).Count);
    }

    [Fact]
    public void Messages_of_other_families_are_passed_over()
    {
        Assert.Empty(Decode(Generic(Family + 1, NetDmCommand.PacketAlert, [1, 2]), out bool whole, Family));
        Assert.True(whole);
    }

    [Fact]
    public void An_alert_without_a_time_has_that_of_its_arrival()
    {
        var consumer = new CollectingConsumer();

        NetDmDatagramDecoder.Deliver(
            Generic(Family, NetDmCommand.PacketAlert, Attribute(NetDmAttribute.ProgramCounter, Number(5ul))), Family, consumer,
            1_700_000_000_000_000_000);

        Assert.Equal(1_700_000_000, Assert.Single(consumer.Alerts).Timestamp.ToUnixTimeSeconds());
    }

    [Fact]
    public void Names_with_control_characters_are_escaped()
    {
        byte[] datagram = Generic(
            Family,
            NetDmCommand.PacketAlert,
            Attribute(NetDmAttribute.Symbol, ZeroTerminated("evil\u001b[2J+0x1/0x2")),
            Attribute(NetDmAttribute.InPort, Attribute(NetDmAttribute.PortName, ZeroTerminated("a\nb"))),
            Attribute(NetDmAttribute.Reason, ZeroTerminated("R\u202eX")));

        DropAlert alert = Assert.Single(Decode(datagram, out _));

        Assert.Equal(("evil\\u001b[2J", "a\\u000ab", "R\\u202eX"), (alert.Function, alert.InterfaceName, alert.Reason));
    }

    [Fact]
    public void A_time_at_either_end_of_the_range_raises_no_exception()
    {
        foreach (ulong time in (ulong[])[1, long.MaxValue, ulong.MaxValue, 1ul << 63])
        {
            byte[] datagram = Generic(Family, NetDmCommand.PacketAlert, Attribute(NetDmAttribute.Timestamp, Number(time)));

            _ = Assert.Single(Decode(datagram, out _)).Timestamp;
        }
    }

    private static void AssertPacket(DropAlert alert, JsonElement known)
    {
        string text = alert.Packet!.ToString();
        int length = known.GetProperty("truncationLength").GetInt32();
        Assert.True(alert.OriginalLength >= alert.Payload!.Length);
        if (length != 0)
        {
            Assert.Equal(length, alert.Payload.Length);
            return;
        }

        Assert.Contains(known.GetProperty("port").ToString(), text, StringComparison.Ordinal);
        Assert.Contains(known.GetProperty("sourcePort").ToString(), text, StringComparison.Ordinal);
        Assert.Contains(known.GetProperty("payload").GetString()!, Encoding.ASCII.GetString(alert.Payload), StringComparison.Ordinal);
    }

    private static List<DropAlert> Decode(byte[] datagram, out bool whole, ushort? family = null)
    {
        var consumer = new CollectingConsumer();
        ushort id = family ?? (NetlinkHeader.TryRead(datagram, out NetlinkHeader header) ? header.Type : Family);
        whole = NetDmDatagramDecoder.Deliver(datagram, id, consumer);
        return consumer.Alerts;
    }
}
