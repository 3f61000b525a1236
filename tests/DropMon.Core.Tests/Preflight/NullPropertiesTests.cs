using DropMon.Evidence;
using DropMon.Monitoring.Preflight;
using DropMon.Preflight;
using DropMon.Tests.Files;

namespace DropMon.Tests.Preflight;

public class NullPropertiesTests
{
    [Fact]
    public void What_an_alert_has_is_not_among_them() =>
        Assert.Empty(NullProperties.Of(AlertSamples.Full()));

    [Fact]
    public void Every_property_that_is_null_is_told_with_the_sources_reason()
    {
        IReadOnlyList<NullProperty> properties = NullProperties.Of(AlertSamples.Bare());

        Assert.Contains(properties, property => property is { Property: "Packet", Why: "the tracepoint carries no bytes of the packet" });
        Assert.Equal(properties.Count, properties.Select(property => property.Property).Distinct().Count());
        Assert.All(properties, property => Assert.Contains(AlertAssert.Properties, known => known.Name == property.Property));
    }

    [Fact]
    public void The_drop_monitor_has_reasons_of_its_own() =>
        Assert.Contains(NullProperties.Of(new DropAlert(AlertSamples.UdpSite, AlertSamples.Time) { Source = DropSourceKind.NetDm }), property => property is { Property: "Cpu", Why: "the drop monitor reports later and does not tell where the drop ran" });
}
