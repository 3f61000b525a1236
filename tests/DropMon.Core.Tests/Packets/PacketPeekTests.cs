using System.Net;
using DropMon.Packets;

namespace DropMon.Tests.Packets;

public class PacketPeekTests
{
    private const int Seed = 15;
    private const int Mutations = 200;

    public static TheoryData<string> Samples => new(PacketSamples.All.Select(sample => sample.Name));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Addresses_and_ports_are_those_of_the_dissected_packet_however_much_of_it_came(string name)
    {
        PacketSample sample = PacketSamples.Named(name);
        for (int length = 1; length <= sample.Bytes.Length; length++)
        {
            Compare(sample.Bytes[..length], sample.Bytes.Length, sample.EtherType);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void They_are_so_of_damaged_packets_too(string name)
    {
        PacketSample sample = PacketSamples.Named(name);
        var random = new Random(Seed);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = [.. sample.Bytes];
            bytes[random.Next(Math.Min(bytes.Length, 64))] = (byte)random.Next(256);
            Compare(bytes, bytes.Length, sample.EtherType);
        }
    }

    [Fact]
    public void Some_samples_have_addresses_and_ports() => Assert.True(PacketSamples.All.Count(sample =>
        PacketPeek.At(sample.Bytes, sample.EtherType).TryReadPorts(sample.Bytes, out _, out _)) >= 10);

    private static void Compare(byte[] bytes, int originalLength, ushort? etherType)
    {
        Packet packet = PacketDissector.Dissect(bytes, originalLength, etherType);
        PacketPeek peek = PacketPeek.At(bytes, etherType);
        bool hasPorts = peek.TryReadPorts(bytes, out ushort source, out ushort destination);

        Assert.Equal(
            (packet.SourceAddress, packet.DestinationAddress, packet.SourcePort, packet.DestinationPort),
            (Text(peek.SourceAddress(bytes)), Text(peek.DestinationAddress(bytes)),
                hasPorts ? source : null, hasPorts ? destination : null));
    }

    private static string? Text(ReadOnlySpan<byte> address) => address.IsEmpty ? null : new IPAddress(address).ToString();
}
