using System.Buffers.Binary;
using DropMon.Packets;
using DropMon.Tests.Packets;

namespace DropMon.Fuzz.Targets;

/// <summary>Packets: the bytes that an attacker chooses. The first two are the kernel's protocol, the third how much was cut off.</summary>
internal sealed class PacketTarget : FuzzTarget
{
    private const int PrefixSize = 3;

    public override string Name => "packets";

    public override int Share => 30;

    public override int MaximumLength => 1024;

    public override IEnumerable<byte[]> Seeds =>
        PacketSamples.All.Select(sample => (byte[])[(byte)(sample.EtherType >> 8), (byte)sample.EtherType, 0, .. sample.Bytes]);

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < PrefixSize)
        {
            return;
        }

        ushort protocol = BinaryPrimitives.ReadUInt16BigEndian(input);
        byte[] bytes = input[PrefixSize..].ToArray();
        Packet packet = PacketDissector.Dissect(bytes, bytes.Length + input[2], protocol == 0 ? null : protocol);
        Invariant.IsSafe(packet.ToString());
        for (Packet? at = packet; at is not null; at = at.Inner ?? at.Quoted)
        {
            _ = (at.SourceAddress, at.DestinationAddress, at.SourcePort, at.DestinationPort, at.Protocol, at.TcpFlags, at.TimeToLive);
            foreach (PacketLayer layer in at.Layers)
            {
                Invariant.That(
                    layer.Offset >= 0 && layer.Offset <= at.Bytes.Length, $"The layer {layer.Name} begins outside of its packet.");
                Invariant.IsSafe(layer.ToString());
            }
        }

        Invariant.IsSafe(PacketPeek.At(bytes, protocol).Name);
    }
}
