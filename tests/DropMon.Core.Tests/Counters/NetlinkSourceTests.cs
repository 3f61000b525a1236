using System.Buffers.Binary;
using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Counters.Tables;
using DropMon.Machine;
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
        byte[] message = Payload(
            request => request.Add(3, "br0").Add(18, Attributes(inner => inner.Add(1, "bridge"))).Add(23, statistics), headerSize: 16);
        KernelLink link = LinkTable.Decode(message);
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
        byte[] message =
        [
            .. header, .. Payload(request => request.Add(1, "fq_codel").Add(7, Attributes(inner => inner.Add(3, counts))), headerSize: 0)
        ];
        QueueDiscipline qdisc = QdiscTable.Decode(message)!;
        Assert.Equal(("fq_codel 8001: root", 99u, null), (qdisc.Name, qdisc.Counts.Drops, qdisc.Limit));
    }

    [Theory]
    [InlineData("pfifo")]
    [InlineData("fq_codel")]
    [InlineData("netem")]
    public void The_limit_of_a_queue_is_read_as_its_kind_writes_it(string kind)
    {
        byte[] options = kind switch
        {
            "pfifo" => [7, 0, 0, 0],
            "netem" => [1, 0, 0, 0, 7, 0, 0, 0],
            _ => Attributes(inner => inner.Add(1, 5U).Add(2, 7U))
        };
        byte[] message =
        [
            .. new byte[20],
            .. Payload(
                request => request.Add(1, kind).Add(2, options).Add(7, Attributes(inner => inner.Add(3, new byte[20]))), headerSize: 0)
        ];
        Assert.Equal(7, QdiscTable.Decode(message)!.Limit);
    }

    [Fact]
    public void A_link_is_read_with_what_frames_and_sockets_are_compared_with()
    {
        byte[] vlan = Attributes(inner => inner.Add(1, "vlan").Add(2, Attributes(data => data.Add(1, (ushort)100))));
        byte[] message = Payload(
            request =>
                request.Add(3, "eth0.100")
                    .Add(1, (ReadOnlySpan<byte>)[2, 0, 0, 0, 0, 1])
                    .Add(5, 2U)
                    .Add(10, 9U)
                    .Add(30, 3U)
                    .Add(18, vlan)
                    .Add(43, Attributes(xdp => xdp.Add(4, 77U))),
            headerSize: 16);
        message[8] = 1;
        KernelLink link = LinkTable.Decode(message);
        Assert.Equal(
            ("eth0.100", "02:00:00:00:00:01", 2, 9, 3u, 100, 77u, true),
            (link.Name, link.Address, link.Lower, link.Master, link.Promiscuity, link.Vlan, link.XdpProgram, link.IsUp));
    }

    [Theory]
    [InlineData("bond", 1, true)]
    [InlineData("bond", 0, false)]
    [InlineData("bridge", 1, false)]
    public void A_member_of_a_bond_is_read_with_its_state(string port, byte state, bool isBackup)
    {
        byte[] information = Attributes(inner => inner.Add(4, port).Add(5, Attributes(data => data.Add(1, state))));
        byte[] message = Payload(request => request.Add(3, "eth0").Add(6, "noop").Add(18, information), headerSize: 16);
        (message[8], message[10]) = (1, 1);

        KernelLink link = LinkTable.Decode(message);

        Assert.Equal((isBackup, "noop", true), (link.IsBackupPort, link.Qdisc, link.HasCarrier));
    }

    [Fact]
    public void A_socket_is_read_with_its_device_its_peer_and_its_memory()
    {
        byte[] fixedPart = new byte[72];
        (fixedPart[0], fixedPart[1]) = (10, 7);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(4), 53);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(6), 40000);
        fixedPart[8 + 15] = 1;
        fixedPart[24 + 15] = 2;
        fixedPart[40] = 6;
        fixedPart[68] = 99;
        byte[] memory = new byte[36];
        (memory[0], memory[4], memory[32]) = (10, 20, 30);
        InetSocket socket = InetSocketTable.Decode(
            [.. fixedPart, .. Payload(request => request.Add(7, memory).Add(11, (byte)1), headerSize: 0)], InetProtocol.Udp);
        Assert.Equal(
            ("udp6 [::1]:53", "::2", 40000, 6, true),
            (socket.ToString(), socket.RemoteAddress!.ToString(), socket.RemotePort, socket.Device, socket.IsVersion6Only));
        Assert.Equal((10, 20, 30, 99UL), (socket.ReceiveQueue, socket.QueueLimit, socket.Drops, socket.Inode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_packet_socket_is_read_with_its_ring(bool hasRing)
    {
        byte[] fixedPart = new byte[16];
        (fixedPart[0], fixedPart[2], fixedPart[4]) = (17, 3, 99);
        byte[] ring = new byte[28];
        (ring[1], ring[4]) = (16, 2);
        byte[] attributes = Payload(
            request =>
                _ = hasRing
                    ? request.Add(0, new byte[24]).Add(2, ring).Add(6, new byte[36])
                    : request.Add(0, new byte[24]).Add(6, new byte[36]), headerSize: 0);
        PacketSocket socket = PacketSocketTable.Decode([.. fixedPart, .. attributes]);
        Assert.Equal(
            (3, 99UL, 0, hasRing, hasRing ? 8192 : 0), (socket.EtherType, socket.Inode, socket.Device, socket.HasRing, socket.RingBytes));
    }

    [Fact]
    public void A_trap_sums_what_was_trapped_and_what_was_dropped()
    {
        byte[] statistics = Attributes(inner => inner.Add(0, 3L).Add(2, 4L));
        byte[] message =
        [
            61, 1, 0, 0,
            .. Payload(
                request =>
                    request.Add(1, "pci").Add(2, "0000:01:00.0").Add(130, "ttl_value_is_too_small").Add(132, (byte)1).Add(129, statistics),
                    headerSize: 0)
        ];
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
        CounterReading reading = Assert.Single(
            new ConntrackSource(machine, () => new ScriptedNetfilter().Reply((1 << 8) | 4, message)).Read());
        Assert.Equal(("Conntrack.drop", 6, 3), (reading.Counter.ToString(), reading.Value, reading.Cpu));
    }

    [Fact]
    public void Whatever_is_too_short_is_refused()
    {
        Assert.Throws<NetlinkFormatException>(() => QdiscTable.Decode(new byte[19]));
        Assert.Throws<NetlinkFormatException>(() => InetSocketTable.Decode(new byte[71], InetProtocol.Udp));
        Assert.Throws<NetlinkFormatException>(() => LinkTable.Decode(new byte[15]));
        Assert.Throws<NetlinkFormatException>(() => NftRule.Read(new byte[3]));
        Assert.Throws<NetlinkFormatException>(() => NftChain.Read(new byte[3]));
        Assert.Throws<NetlinkFormatException>(() => NftSet.Read(new byte[3]));
        Assert.Throws<NetlinkFormatException>(() => PacketSocketTable.Decode(new byte[15]));
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
