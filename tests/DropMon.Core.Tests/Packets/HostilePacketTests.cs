using DropMon.Packets;

namespace DropMon.Tests.Packets;

/// <summary>Packets that an attacker cut, garbled or made up.</summary>
public class HostilePacketTests
{
    private const int Mutations = 50_000;

    public static TheoryData<PacketSample> Samples => new(PacketSamples.All);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_packet_cut_at_any_byte_is_marked_as_truncated_and_nothing_throws(PacketSample sample)
    {
        for (int length = 0; length < sample.Bytes.Length; length++)
        {
            Packet packet = PacketDissector.Dissect(sample.Bytes[..length], sample.Bytes.Length, sample.EtherType);

            Assert.True(packet.IsTruncated);
            Assert.Null(packet.Malformed);
            Assert.Contains("[truncated", ReadAll(packet, sample.EtherType), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_header_that_the_bytes_end_in_is_named(PacketSample sample)
    {
        foreach (PacketLayer layer in sample.Dissect().Layers)
        {
            Packet packet = PacketDissector.Dissect(
                sample.Bytes[..(layer.Offset + layer.HeaderLength - 1)], sample.Bytes.Length, sample.EtherType);

            Assert.Equal(layer.Name, packet.TruncatedLayer);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Any_flipped_bit_leaves_a_packet_that_can_be_read(PacketSample sample)
    {
        byte[] bytes = (byte[])sample.Bytes.Clone();
        for (int bit = 0; bit < Math.Min(bytes.Length, 200) * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadAll(PacketDissector.Dissect(bytes, bytes.Length, sample.EtherType), sample.EtherType);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_packet_that_ends_early_on_the_wire_is_malformed_or_whole_but_not_truncated(PacketSample sample)
    {
        for (int length = 0; length < sample.Bytes.Length; length++)
        {
            Packet packet = PacketDissector.Dissect(sample.Bytes[..length], length, sample.EtherType);

            Assert.False(packet.IsTruncated);
            Assert.Null(packet.TruncatedLayer);
            ReadAll(packet, sample.EtherType);
        }
    }

    [Fact]
    public void Random_mutations_of_packets_can_all_be_read()
    {
        var random = new Random(20090313);
        var buffer = new byte[4096];
        for (int i = 0; i < Mutations; i++)
        {
            PacketSample sample = PacketSamples.All[random.Next(PacketSamples.All.Count)];
            sample.Bytes.CopyTo(buffer, 0);
            int length = random.Next(4) == 0 ? random.Next(sample.Bytes.Length + 1) : sample.Bytes.Length;
            for (int change = random.Next(6); change > 0 && length > 0; change--)
            {
                buffer[random.Next(Math.Min(length, 120))] = random.Next(3) switch { 0 => 0, 1 => 0xff, _ => (byte)random.Next(256) };
            }

            ushort? etherType = random.Next(8) switch { 0 => null, 1 => (ushort)random.Next(65536), _ => sample.EtherType };
            Packet packet = PacketDissector.Dissect(buffer[..length], random.Next(4) == 0 ? random.Next() : length, etherType);

            Reread(packet);
            if (i % 16 == 0)
            {
                ReadAll(packet, etherType);
            }
        }
    }

    [Fact]
    public void Random_bytes_can_all_be_read()
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(120)];
            random.NextBytes(bytes);
            ushort etherType = random.Next(2) == 0 ? EtherType.Ipv4 : EtherType.Ipv6;
            if (bytes.Length > 14 && random.Next(2) == 0)
            {
                bytes[12] = (byte)(etherType >> 8);
                bytes[13] = (byte)etherType;
                bytes[14] = (byte)(etherType == EtherType.Ipv4 ? 0x45 : 0x60);
            }

            Reread(PacketDissector.Dissect(bytes, bytes.Length, etherType));
        }
    }

    [Fact]
    public void Tunnels_within_tunnels_end_at_a_depth()
    {
        byte[] packet = PacketSamples.UdpIpv4();
        for (int i = 0; i < 2000; i++)
        {
            packet = Headers.Ipv4(4, packet);
        }

        Packet? at = PacketDissector.Dissect(packet, packet.Length, EtherType.Ipv4);
        int depth = 0;
        string? finding = null;
        for (; at is not null; at = at.Inner)
        {
            depth++;
            finding = at.Malformed;
        }

        Assert.Equal(8, depth);
        Assert.Equal("Inner: packets nested more than 8 deep", finding);
    }

    private static string ReadAll(Packet packet, ushort? etherType)
    {
        string line = packet.ToString();
        Assert.DoesNotContain(line, char.IsControl);
        PacketReading.ReadEveryProperty(packet);
        Assert.Equal(line, packet.ToString());
        _ = PacketPeek.At(packet.Bytes.Span, etherType).Name;
        return line;
    }

    private static void Reread(Packet packet)
    {
        for (Packet? at = packet; at is not null; at = at.Inner ?? at.Quoted)
        {
            _ = (at.SourceAddress, at.DestinationAddress, at.SourcePort, at.DestinationPort, at.Protocol, at.TcpFlags, at.TimeToLive);
        }

        Assert.DoesNotContain(packet.ToString(), char.IsControl);
    }
}
