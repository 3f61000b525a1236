using DropMon.Sources;

namespace DropMon.Tests.Sources;

/// <summary>Delivers three drops and then fails. tests/pester/FailingSource.psm1 gives it to the cmdlets.</summary>
internal sealed class MidwaySource : FlowingSource
{
    public static SourceCatalog Catalog() => new(new FakeDescriptor(_ => new MidwaySource()));

    public override void Run(IRawDropConsumer consumer, SourceControl control)
    {
        Deliver(consumer, 3);
        throw new KernelFeatureMissingException("RingGone", "The ring is gone.", "Make another.");
    }
}
