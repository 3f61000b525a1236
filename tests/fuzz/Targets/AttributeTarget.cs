using DropMon.Netlink;

namespace DropMon.Fuzz.Targets;

/// <summary>Netlink messages and their attributes, nested as deep as they pretend.</summary>
internal sealed class AttributeTarget : FuzzTarget
{
    private const int MostDepth = 16;

    public override string Name => "attributes";

    public override int Share => 200;

    public override int MaximumLength => 512;

    public override IEnumerable<byte[]> Seeds => NetlinkSeeds.All;

    public override long MostAllocation(int inputLength) => 16 * 1024 + (inputLength * 64L);

    public override void Run(ReadOnlySpan<byte> input)
    {
        var messages = new NetlinkMessageReader(input);
        int total = 0;
        while (messages.MoveNext())
        {
            Invariant.IsWithin(messages.Payload, input);
            total += NetlinkHeader.Size + messages.Payload.Length;
            if (messages.Payload.Length >= 4)
            {
                Walk(messages.Payload[4..], input, 0);
            }
        }

        Invariant.That(total <= input.Length, "The messages are longer than the datagram.");
    }

    private static void Walk(ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> whole, int depth)
    {
        var reader = new AttributeReader(attributes);
        int total = 0;
        while (reader.MoveNext())
        {
            Invariant.IsWithin(reader.Value, whole);
            total += 4 + reader.Value.Length;
            _ = reader.ReadTextBytes();
            if (reader.Value.Length >= 8)
            {
                _ = reader.ReadUInt64();
            }

            if (depth < MostDepth && reader.Value.Length >= 4)
            {
                Walk(reader.Nested().MoveNext() ? reader.Value : default, whole, depth + 1);
            }
        }

        Invariant.That(total <= attributes.Length, "The attributes are longer than what holds them.");
    }
}
