using DropMon.Packets;

namespace DropMon.Tests.Packets;

/// <summary>tshark and DropMon read the same from the same bytes, in every header, inside of tunnels and in what ICMP quotes.</summary>
public class TsharkFieldTests(TsharkWitness tshark) : IClassFixture<TsharkWitness>
{
    public static TheoryData<PacketSample> Samples => new(PacketSamples.All);

    public static bool HasTshark => TsharkWitness.IsThere;

    [Theory(Skip = "tshark is not on PATH", SkipUnless = nameof(HasTshark))]
    [MemberData(nameof(Samples))]
    public void Every_field_has_the_value_that_tshark_reads(PacketSample sample)
    {
        PacketLayer[] layers = [.. AllLayers(sample.Dissect())];
        string[] theirs = tshark.ValuesOf(sample);

        Assert.Equal(
            TsharkWitness.Fields.Select((field, i) => $"{field.Field} {theirs[i]}"),
            TsharkWitness.Fields.Select(
                field => $"{field.Field} {string.Join(',', layers.Select(field.Ours).Where(value => value is not null))}"));
    }

    private static IEnumerable<PacketLayer> AllLayers(Packet packet) =>
        [
            .. packet.Layers, .. packet.Inner is null
                ? []
                : AllLayers(packet.Inner), .. packet.Quoted is null ? []
                : AllLayers(packet.Quoted)
        ];
}
