using DropMon.Machine;
using DropMon.Model.Fields;
using DropMon.Monitoring.Preflight;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Tests.Sources;

/// <summary>A source of the tests' own, as a contributor would add one: whatever is not said of it here, DropMon does not know.</summary>
internal sealed class FakeDescriptor(Func<SourceRequest, IDropSource> create) : SourceDescriptor
{
    public FakeDescriptor()
        : this(_ => throw new KernelFeatureMissingException("FakeMissing", "There is no fake here.", "Make one."))
    {
    }

    public override string Name => OwnName;

    public string OwnName { get; init; } = "Fake";

    public override string Title => "the tests' own fake";

    public override string ShortTitle => "fake";

    public override SourceFeatures Features => AllFeatures;

    public SourceFeatures AllFeatures { get; init; }

    public override IReadOnlySet<OptionId> Options { get; } = new HashSet<OptionId>();

    public override IReadOnlyList<IReadOnlyList<Capability>> Capabilities { get; } = [];

    public override string CapabilityText => "nothing";

    public override string ContainerGrant => "nothing";

    public DropContent Content { get; init; } = DropContent.Place | DropContent.NetworkNamespace;

    public DropMonException? Lacking { get; init; }

    public override IReadOnlyList<IPreflightCheck> CreateChecks() => [new FakeCheck()];

    public override DropContent ContentIn(DropAlertMode mode) => Content;

    public override IReadOnlyList<string> BlindSpotsIn(DropAlertMode? mode) => ["The fake sees only what a test shows it."];

    public override string? ExplainMissing(DropContent content, DropAlert alert) => content == DropContent.Packet
        ? "the fake has no packets" : null;

    public override DropMonException? Probe() => Lacking;

    public override IDropSource Create(SourceRequest request) => create(request);

    private sealed class FakeCheck : IPreflightCheck
    {
        public string Name => "FakeNeeds";

        public PreflightResult Run(PreflightContext context) => new(Name, PreflightStatus.Passed, "The fake needs nothing.");
    }
}
