using BenchmarkDotNet.Attributes;
using DropMon.Packets;
using DropMon.Sources.NetDm;

namespace DropMon.Bench.Micro;

/// <summary>A UDP packet of kernel 6.12: dissected as a user would see it, and only looked at as a filter does.</summary>
public class PacketBenchmarks
{
    private const ushort Ipv4 = 0x800;
    private byte[] _packet = [];

    [GlobalSetup]
    public void FindPacket()
    {
        byte[] datagram = GoldenBytes.Read(GoldenBytes.Packet);
        var drop = new LastDrop();
        NetDmDatagramDecoder.Deliver(datagram, GoldenBytes.FamilyOf(datagram), drop);
        // The payload is the last attribute of the message.
        _packet = datagram[^(drop.PayloadLength + 3 & ~3)..][..drop.PayloadLength];
    }

    [Benchmark(Description = "dissect a packet")]
    public Packet Dissect() => PacketDissector.Dissect(_packet, _packet.Length, Ipv4);

    [Benchmark(Description = "dissect a packet and print it")]
    public string Print() => PacketDissector.Dissect(_packet, _packet.Length, Ipv4).ToString();

    [Benchmark(Description = "peek at a packet's protocol")]
    public string? Peek() => PacketPeek.At(_packet, Ipv4).Name;
}
