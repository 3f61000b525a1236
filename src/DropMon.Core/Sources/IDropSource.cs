using DropMon.Reasons;

namespace DropMon.Sources;

/// <summary>
/// Delivers drops from one facility of the kernel. Adding a source means one new folder with one class that implements this.
/// </summary>
internal interface IDropSource : IDisposable
{
    /// <summary>Which facility.</summary>
    DropSourceKind Kind { get; }

    /// <summary>What a reader must know about this source's blind spots and about what it found on opening, in sentences.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What a reader must not overlook: whose monitor it is, and what others did to it, in sentences.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Names the running kernel's reasons; null where they are of another kernel, or there are none.</summary>
    KernelReasonTable? Reasons { get; }

    /// <summary>How long after a drop the kernel reports it.</summary>
    TimeSpan ReportingDelay { get; }

    /// <summary>Acquires all it needs and makes the kernel report. Whatever can fail fails here, on the caller's thread.</summary>
    /// <exception cref="DropMonException">It cannot be had; nothing is left behind.</exception>
    void Open();

    /// <summary>Hands drops to <paramref name="consumer"/> until <paramref name="control"/> says to end, then those that are still there.</summary>
    void Run(IRawDropConsumer consumer, SourceControl control);

    /// <summary>What was lost on the way here since <see cref="Open"/>. May be called from any thread, also after <see cref="Run"/>.</summary>
    SourceLoss ReadLoss();
}
