using DropMon.Monitoring.Preflight;
using DropMon.Preflight;
using DropMon.Sources;
using DropMon.Tests.Files;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Preflight;

public class NullPropertiesTests
{
    [Fact]
    public void What_an_alert_has_is_not_among_them() =>
        Assert.Empty(NullProperties.Of(AlertSamples.Full(), Descriptor("NetDm")));

    [Fact]
    public void Every_property_that_is_null_is_told_with_the_sources_reason()
    {
        IReadOnlyList<NullProperty> properties = NullProperties.Of(AlertSamples.Bare(), Descriptor("Tracepoint"));

        Assert.Contains(properties, property => property is { Property: "Packet", Why: "the tracepoint reports no bytes of the packet" });
        Assert.Equal(properties.Count, properties.Select(property => property.Property).Distinct().Count());
        Assert.All(properties, property => Assert.Contains(AlertAssert.Properties, known => known.Name == property.Property));
    }

    [Fact]
    public void The_drop_monitor_has_reasons_of_its_own() =>
        Assert.Contains(
            NullProperties.Of(new DropAlert(AlertSamples.UdpSite, AlertSamples.Time) { Source = "NetDm" }, Descriptor("NetDm")), property =>
                property is { Property: "Cpu", Why: "the drop monitor reports later and does not say where the code ran" });

    [Fact]
    public void A_source_of_its_own_explains_itself()
    {
        IReadOnlyList<NullProperty> properties = NullProperties.Of(AlertSamples.Bare(), new FakeDescriptor());

        Assert.Contains(properties, property => property is { Property: "Packet", Why: "the fake has no packets" });
        Assert.Contains(properties, property => property is { Property: "Cpu", Why: "the kernel did not report it" });
    }

    private static SourceDescriptor Descriptor(string name) => SourceCatalog.Default.Find(name)!;
}
