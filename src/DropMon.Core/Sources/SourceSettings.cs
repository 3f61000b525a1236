using DropMon.Filters;

namespace DropMon.Sources;

/// <summary>The settings of an open source: those of the request, or of the process that already uses the kernel's facility.</summary>
/// <param name="Text">The settings as the end of a sentence that begins with the source's title.</param>
internal sealed record SourceSettings(string Text)
{
    /// <summary>Every packet, or counts; null for a source without modes, which reports every packet.</summary>
    public DropAlertMode? Mode { get; init; }

    /// <summary>Bytes of each packet reported, 0 for all; null for a source that reports none.</summary>
    public int? TruncationLength { get; init; }

    /// <summary>Alerts that each CPU may queue in the kernel; null for a source that has no such queue.</summary>
    public int? QueueLength { get; init; }

    /// <summary>The conditions of the filter that it applies in the kernel, to the drops that it can decide there.</summary>
    public IReadOnlyList<FilterField> FiltersInKernel { get; init; } = [];

    /// <summary>Whether another process enabled the kernel's facility and this source only listens along.</summary>
    public bool ListensAlong { get; init; }
}
