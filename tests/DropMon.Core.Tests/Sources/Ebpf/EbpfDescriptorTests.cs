using DropMon.Model.Fields;
using DropMon.Sources.Ebpf;

namespace DropMon.Tests.Sources.Ebpf;

/// <summary>Why the eBPF source leaves a property null.</summary>
public class EbpfDescriptorTests
{
    private static readonly EbpfDescriptor Descriptor = new();

    [Fact]
    public void A_known_network_namespace_without_a_name_is_not_called_unknown() =>
        Assert.Contains("no name", Why(new DropAlert(new DropSite(), DateTimeOffset.UnixEpoch) { NetworkNamespace = 4026531840 }));

    [Fact]
    public void An_unknown_network_namespace_has_the_reason_of_an_unknown_device() =>
        Assert.Contains("no device", Why(new DropAlert(new DropSite(), DateTimeOffset.UnixEpoch)));

    private static string Why(DropAlert alert) => Descriptor.ExplainMissing(DropContent.NetworkNamespace, alert)!;
}
