using DropMon.Filters;

namespace DropMon.Sources;

/// <summary>What is asked of a source. Each source understands some of the options; its descriptor says which.</summary>
public record SourceRequest
{
    /// <summary>The name of the source; <see cref="DropSourceName.Auto"/> for the first in the catalog that this machine has.</summary>
    public string Source { get; init; } = DropSourceName.Auto;

    /// <summary>Every packet, or counts.</summary>
    public DropAlertMode Mode { get; init; } = DropAlertMode.Packet;

    /// <summary>Whether to report drops of hardware too.</summary>
    public bool Hardware { get; init; }

    /// <summary>
    /// Bytes of each packet to report, 0 for all. By default enough for the headers of a tunnelled packet: a short alert costs the kernel
    /// and the reader less.
    /// </summary>
    public int TruncationLength { get; init; } = 256;

    /// <summary>
    /// Alerts that each CPU may queue in the kernel. By default ten times the kernel's own: its worker runs on the CPU that drops, and a
    /// storm keeps it waiting.
    /// </summary>
    public int QueueLength { get; init; } = 100_000;

    /// <summary>Bytes that the kernel may queue at the source's socket.</summary>
    public int ReceiveBuffer { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of ring for each CPU, a power of two of at least a page; null to choose by the number of CPUs.</summary>
    public int? RingSize { get; init; }

    /// <summary>Whether to record the kernel stack of each drop.</summary>
    public bool StackTrace { get; init; }

    /// <summary>Whether to take over a facility of the kernel that another process enabled.</summary>
    public bool Force { get; init; }

    /// <summary>Which drops anybody will want. The source must be able to tell them, and may reject the others in the kernel.</summary>
    public DropFilter Filter { get; init; } = DropFilter.None;
}
