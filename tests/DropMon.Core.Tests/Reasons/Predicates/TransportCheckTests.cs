using System.Buffers.Binary;
using DropMon.Reasons.Predicates;
using DropMon.Tests.Packets;
using static DropMon.Tests.Reasons.Predicates.PredicatePackets;

namespace DropMon.Tests.Reasons.Predicates;

/// <summary>Checksums and lengths are judged as the kernel judges them, and only where the bytes are there.</summary>
public class TransportCheckTests
{
    [Theory]
    [InlineData("10.1.1.2", 20)]
    [InlineData("2001:db8::2", 40)]
    public void A_changed_byte_makes_the_checksum_wrong(string destination, int header)
    {
        Assert.Equal(Truth.Yes, Ask("checksum=right", UdpFrame(destination)));
        Assert.Equal(Truth.Yes, Ask("checksum=wrong", UdpFrame(destination, spoil: packet => packet[header + 12] ^= 0x55)));
        Assert.Equal(Truth.No, Ask("checksum=right", UdpFrame(destination, spoil: packet => packet[header + 12] ^= 0x55)));
    }

    [Fact]
    public void A_checksum_that_a_device_was_to_complete_is_right()
    {
        // CHECKSUM_PARTIAL: the field holds the sum of the pseudo-header: 10.1.1.1, 10.1.1.2, 17 and 28.
        byte[] frame = UdpFrame(
            "10.1.1.2", spoil: packet =>
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(26), 0x0a01 + 0x0101 + 0x0a01 + 0x0102 + 17 + 28));

        Assert.Equal(Truth.Yes, Ask("checksum=right", frame));
    }

    [Fact]
    public void IPv4_may_leave_the_checksum_out_and_of_IPv6_the_socket_decides()
    {
        Assert.Equal(Truth.Yes, Ask("checksum=right", UdpFrame("10.1.1.2", spoil: packet => packet.AsSpan(26, 2).Clear())));
        Assert.Equal(Truth.Unknown, Ask("checksum=right", UdpFrame("2001:db8::2", spoil: packet => packet.AsSpan(46, 2).Clear())));
    }

    [Fact]
    public void Of_a_packet_that_was_cut_off_nothing_is_said()
    {
        byte[] frame = UdpFrame("10.1.1.2")[..50];

        Assert.Equal(Truth.Unknown, Ask("checksum=wrong", frame));
        Assert.Equal(Truth.No, Ask("length=short", frame));
    }

    [Fact]
    public void Padding_of_a_short_frame_is_not_summed() =>
        Assert.Equal(Truth.Yes, Ask("checksum=right", [.. UdpFrame("10.1.1.2"), 1, 2, 3, 4]));

    [Theory]
    [InlineData(29, true)]
    [InlineData(28, false)]
    [InlineData(20, false)]
    [InlineData(7, true)]
    public void A_datagram_is_short_where_the_packet_holds_less_than_it_says_or_it_says_less_than_a_header(ushort length, bool isShort) =>
        Assert.Equal(
            isShort
                ? Truth.Yes
                : Truth.No,
                Ask(
                    "length=short",
                    UdpFrame("10.1.1.2", spoil: packet => BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(24), length))));

    [Fact]
    public void An_ICMP_message_has_no_pseudo_header()
    {
        byte[] echo = Headers.Ethernet(Ipv4Type, Headers.Ipv4(1, Headers.Icmp(8, 0, 1, Headers.Letters(8))));
        Assert.Equal(Truth.Yes, Ask("checksum=right", echo));

        echo[^1] ^= 1;
        Assert.Equal(Truth.Yes, Ask("checksum=wrong", echo));
    }

    [Fact]
    public void Other_protocols_are_not_judged() =>
        Assert.Equal(Truth.Unknown, Ask("checksum=right", Headers.Ethernet(Ipv4Type, Headers.Ipv4(132, new byte[32]))));

    [Fact]
    public void No_cut_of_a_packet_is_read_beyond_its_end()
    {
        foreach (byte[] frame in new[] { UdpFrame("10.1.1.2"), UdpFrame("ff02::1"),
            Headers.Ethernet(Ipv6Type, Headers.Ipv6(
                0, Headers.Extension(44, [1, 2], Headers.Fragment(17, 0, true, Headers.Letters(16))))) })
        {
            for (int length = 0; length <= frame.Length; length++)
            {
                foreach (string condition in DropPredicateTests.OfPackets.Select(row => row.Data))
                {
                    Ask(condition, frame[..length], Ipv4Type);
                    Ask(condition, frame[..length], Ipv6Type);
                    Ask(condition, frame[..length]);
                }
            }
        }
    }
}
