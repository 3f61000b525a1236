using DropMon.Reasons;

namespace DropMon.Sources;

/// <summary>
/// Delivers drops from one facility of the kernel. A new source is a folder with a class that implements this and its descriptor, and a
/// line in the catalog.
/// </summary>
internal interface IDropSource : IDisposable
{
    /// <summary>What it is and what it can do.</summary>
    SourceDescriptor Descriptor { get; }

    /// <summary>How it is set; meaningful once it is open, and may change while it runs.</summary>
    SourceSettings Settings { get; }

    /// <summary>What it found on opening and since, in sentences; its blind spots are its descriptor's.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What a reader must not overlook: whose monitor it is, and what others did to it, in sentences.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Names the running kernel's reasons; null where they are of another kernel, or there are none.</summary>
    KernelReasonTable? Reasons { get; }

    /// <summary>How long after a drop the kernel reports it.</summary>
    TimeSpan ReportingDelay { get; }

    /// <summary>Acquires all it needs and makes the kernel report. Whatever can fail fails here, on the caller's thread.</summary>
    /// <exception cref="DropMonException">It is unavailable; nothing is left behind.</exception>
    void Open();

    /// <summary>
    /// Hands drops to <paramref name="consumer"/> until <paramref name="control"/> says to end, then those that are still there.
    /// </summary>
    void Run(IRawDropConsumer consumer, SourceControl control);

    /// <summary>
    /// What was lost or rejected on the way here since <see cref="Open"/>. May be called from any thread, also after <see cref="Run"/>.
    /// </summary>
    SourceTotals ReadTotals();
}
