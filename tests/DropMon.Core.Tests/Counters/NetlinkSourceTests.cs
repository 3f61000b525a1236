using System.Buffers.Binary;
using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Netlink;

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

    [Theory]
    [InlineData("drop")]
    [InlineData("reject")]
    public void A_rule_that_drops_is_read_with_its_counter(string verdict)
    {
        byte[] counter = Attributes(inner => inner.Add(2, Big(5UL)));
        byte[] last = verdict == "drop"
            ? Expression("immediate", Attributes(data => data.Add(1, Big(0U)).Add(2, Attributes(value => value.Add(2, Attributes(code => code.Add(1, Big(0U))))))))
            : Expression("reject", []);
        byte[] expressions = Attributes(list => list.Add(1, Expression("counter", counter)).Add(1, last));
        byte[] message = [2, 0, 0, 0, .. Payload(request => request.Add(1, "filter").Add(2, "input").Add(3, Big(12UL)).Add(4, expressions), headerSize: 0)];
        CounterReading reading = NftablesSource.DecodeRule(message)!;
        Assert.Equal(($"Nftables.{verdict}", 5, "rule 12 of ip filter input"), (reading.Counter.ToString(), reading.Value, reading.Instance));
    }

    [Fact]
    public void A_rule_that_accepts_is_none_of_ours()
    {
        byte[] accept = Expression("immediate", Attributes(data => data.Add(2, Attributes(value => value.Add(2, Attributes(code => code.Add(1, Big(1U))))))));
        byte[] expressions = Attributes(list => list.Add(1, Expression("counter", Attributes(inner => inner.Add(2, Big(5UL))))).Add(1, accept));
        Assert.Null(NftablesSource.DecodeRule([2, 0, 0, 0, .. Payload(request => request.Add(4, expressions), headerSize: 0)]));
    }

    [Fact]
    public void A_chain_whose_policy_drops_is_read_with_its_counter()
    {
        byte[] message = [10, 0, 0, 0, .. Payload(request => request.Add(1, "filter").Add(3, "INPUT").Add(5, Big(0U)).Add(8, Attributes(inner => inner.Add(2, Big(7UL)))), headerSize: 0)];
        CounterReading reading = NftablesSource.DecodeChain(message)!;
        Assert.Equal(("Nftables.policy_drop", 7, "chain ip6 filter INPUT"), (reading.Counter.ToString(), reading.Value, reading.Instance));
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
        var readings = new List<CounterReading>();
        ConntrackSource.Decode(message, readings);
        CounterReading reading = Assert.Single(readings);
        Assert.Equal(("Conntrack.drop", 6, 3), (reading.Counter.ToString(), reading.Value, reading.Cpu));
    }

    [Fact]
    public void Whatever_is_too_short_is_refused()
    {
        Assert.Throws<NetlinkFormatException>(() => LinkTable.Decode(new byte[15]));
        Assert.Throws<NetlinkFormatException>(() => NftablesSource.DecodeRule(new byte[3]));
        Assert.Throws<NetlinkFormatException>(() => PacketSocketSource.Decode(new byte[15]));
        Assert.Throws<NetlinkFormatException>(() => DevlinkTrapSource.Decode(new byte[3], []));
        Assert.Throws<NetlinkFormatException>(() => ConntrackSource.Decode(new byte[3], []));
        Assert.Throws<NetlinkFormatException>(() => NeighbourSource.Decode(new byte[3], []));
    }

    private static byte[] Expression(string name, byte[] data) => Attributes(inner => inner.Add(1, name).Add(2, data));

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

    private static byte[] Big(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
