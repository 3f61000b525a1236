using System.Buffers.Binary;
using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Netfilter;
using DropMon.Netlink;
using DropMon.Tests.Machine;
using DropMon.Tests.Netfilter;

namespace DropMon.Tests.Counters;

public sealed class NetlinkSourceTests
{
    [Fact]
    public void A_link_is_read_with_its_kind_and_statistics()
    {
        byte[] statistics = new byte[200];
        BinaryPrimitives.WriteInt64LittleEndian(statistics.AsSpan(6 * 8), 17);
        byte[] message = Payload(request => request.Add(3, "br0").Add(18, Attributes(inner => inner.Add(1, "bridge"))).Add(23, statistics), headerSize: 16);
        Link link = LinkTable.Decode(message);
        Assert.Equal(("br0", "bridge", DropClass.Bridge, 17), (link.Name, link.Kind, link.Class, link.Statistics[6]));
    }

    [Fact]
    public void A_qdisc_is_named_as_tc_names_it()
    {
        byte[] counts = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(counts.AsSpan(8), 99);
        byte[] header = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), 0x80010000);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), 0xffffffff);
        byte[] message = [.. header, .. Payload(request => request.Add(1, "fq_codel").Add(7, Attributes(inner => inner.Add(3, counts))), headerSize: 0)];
        var readings = new List<CounterReading>();
        QdiscSource.Decode(message, _ => "eth0", readings);
        Assert.Contains(readings, reading => reading is { Counter.Name: "drops", Value: 99, Queue: "fq_codel 8001: root", InterfaceName: "eth0" });
    }

    [Fact]
    public void A_trap_sums_what_was_trapped_and_what_was_dropped()
    {
        byte[] statistics = Attributes(inner => inner.Add(0, 3L).Add(2, 4L));
        byte[] message = [61, 1, 0, 0, .. Payload(request => request.Add(1, "pci").Add(2, "0000:01:00.0").Add(130, "ttl_value_is_too_small").Add(132, (byte)1).Add(129, statistics), headerSize: 0)];
        var readings = new List<CounterReading>();
        DevlinkTrapSource.Decode(message, readings);
        CounterReading reading = Assert.Single(readings);
        Assert.Equal(("Trap.ttl_value_is_too_small", 7, "pci/0000:01:00.0"), (reading.Counter.ToString(), reading.Value, reading.Instance));
    }

    [Fact]
    public void Statistics_of_connection_tracking_by_netlink_carry_the_cpu()
    {
        byte[] message = [0, 0, 0, 3, .. Payload(request => request.Add(10, Big(6U)), headerSize: 0)];
        FakeMachine machine = new FakeMachine().File("/proc/sys/net/netfilter/nf_conntrack_max", "262144\n");
        CounterReading reading = Assert.Single(new ConntrackSource(machine, () => new ScriptedNetfilter().Reply((1 << 8) | 4, message)).Read());
        Assert.Equal(("Conntrack.drop", 6, 3), (reading.Counter.ToString(), reading.Value, reading.Cpu));
    }

    [Fact]
    public void Whatever_is_too_short_is_refused()
    {
        Assert.Throws<NetlinkFormatException>(() => LinkTable.Decode(new byte[15]));
        Assert.Throws<NetlinkFormatException>(() => NftRule.Read(new byte[3]));
        Assert.Throws<NetlinkFormatException>(() => NftChain.Read(new byte[3]));
        Assert.Throws<NetlinkFormatException>(() => NftSet.Read(new byte[3]));
        Assert.Throws<NetlinkFormatException>(() => PacketSocketSource.Decode(new byte[15]));
        Assert.Throws<NetlinkFormatException>(() => DevlinkTrapSource.Decode(new byte[3], []));
        Assert.Throws<NetlinkFormatException>(() => ConntrackStatistics.Decode(new byte[3], (_, _, _) => { }));
        Assert.Throws<NetlinkFormatException>(() => NeighbourSource.Decode(new byte[3], []));
    }

    private static byte[] Attributes(Action<NetlinkRequest> add) => Payload(add, headerSize: 0);

    private static byte[] Payload(Action<NetlinkRequest> add, int headerSize)
    {
        var request = new NetlinkRequest(0, NetlinkFlags.None, "a test");
        add(request);
        return [.. new byte[headerSize], .. request.ToArray(0, 0)[NetlinkHeader.Size..]];
    }

    private static byte[] Big(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
