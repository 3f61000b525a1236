using DropMon.Sources;

namespace DropMon.Tests.Sources;

/// <summary>A catalog with a source that DropMon has never heard of, for tests/pester/ForeignSource.Tests.ps1.</summary>
public static class ForeignCatalog
{
    /// <summary>The catalog: the foreign source, then the drop monitor, and no tracepoint.</summary>
    public static object Create() => new SourceCatalog(
        new FakeDescriptor(_ => new FakeSource(1, 2, 1) { IsOfThisProcess = true }), SourceCatalog.Default.Find("NetDm")!);
}
