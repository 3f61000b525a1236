using System.Diagnostics.Tracing;

namespace DropMon.Logging;

/// <summary>
/// What the engine does, for those who look for a fault: -Verbose and -Debug, <c>dropmon --verbose</c>, dotnet-trace. Nothing is logged for
/// a single drop. An event source is one for the process: it has no state of ours, only its listeners. All that it writes is text: for that
/// it needs no reflection.
/// </summary>
[EventSource(Name = SourceName)]
internal sealed class DropMonEvents : EventSource
{
    /// <summary>The name for tools.</summary>
    public const string SourceName = "DropMon";

    private DropMonEvents()
    {
    }

    /// <summary>The one of this process.</summary>
    public static DropMonEvents Log { get; } = new();

    /// <summary>A source is open.</summary>
    [Event(1, Level = EventLevel.Verbose, Message = "The source {0} is open {1}. Opening took {2} ms.")]
    public void SourceOpened(string source, string settings, string milliseconds) => WriteEvent(1, source, settings, milliseconds);

    /// <summary>A source cannot be opened.</summary>
    [Event(2, Level = EventLevel.Informational, Message = "The source {0} is unavailable ({1}): {2}")]
    public void SourceRefused(string source, string errorId, string why) => WriteEvent(2, source, errorId, why);

    /// <summary>A source other than the preferred one was taken.</summary>
    [Event(3, Level = EventLevel.Verbose, Message = "The source {0} was chosen. {1}")]
    public void SourceChosen(string source, string why) => WriteEvent(3, source, why);

    /// <summary>A source was closed.</summary>
    [Event(4, Level = EventLevel.Verbose, Message = "The source {0} is closed.")]
    public void SourceClosed(string source) => WriteEvent(4, source);

    /// <summary>Names of the running kernel were read.</summary>
    [Event(5, Level = EventLevel.Verbose, Message = "{0} were read from {1} in {2} ms.")]
    public void NamesLoaded(string what, string path, string milliseconds) => WriteEvent(5, what, path, milliseconds);

    /// <summary>DropMon turned the kernel's drop monitor on.</summary>
    [Event(6, Level = EventLevel.Informational, Message = "DropMon enabled the kernel's drop monitor ({0}).")]
    public void DropMonitorEnabled(string configuration) => WriteEvent(6, configuration);

    /// <summary>The drop monitor was on already.</summary>
    [Event(7, Level = EventLevel.Informational, Message = "The kernel's drop monitor is on already ({0}); held by {1}.")]
    public void DropMonitorJoined(string configuration, string holder) => WriteEvent(7, configuration, holder);

    /// <summary>DropMon gave the drop monitor back.</summary>
    [Event(8, Level = EventLevel.Informational, Message = "The kernel's drop monitor was given back ({0}).")]
    public void DropMonitorReleased(string how) => WriteEvent(8, how);

    /// <summary>A source has its buffers in the kernel.</summary>
    [Event(9, Level = EventLevel.Verbose, Message = "The source {0} reads {1} of {2} bytes.")]
    public void RingsCreated(string source, string rings, string bytes) => WriteEvent(9, source, rings, bytes);

    /// <summary>A listener with a filter joined.</summary>
    [Event(10, Level = EventLevel.Verbose, Message = "The filter \"{0}\" is applied {1}.")]
    public void FilterApplied(string filter, string where) => WriteEvent(10, filter, where);

    /// <summary>A probe for evidence has looked at the machine.</summary>
    [Event(11, Level = EventLevel.Verbose, Message = "{0} looked at this machine in {2} ms: {1}.")]
    public void ProbeRun(string probe, string findings, string milliseconds) => WriteEvent(11, probe, findings, milliseconds);

    /// <summary>A BPF program is in the kernel.</summary>
    [Event(12, Level = EventLevel.Verbose, Message = "The eBPF program has {0}; the kernel's verifier {1}.")]
    public void ProgramLoaded(string instructions, string verifier) => WriteEvent(12, instructions, verifier);

    /// <summary>One instruction of a BPF program, or a label.</summary>
    [Event(13, Level = EventLevel.Verbose, Message = "program: {0}")]
    public void ProgramLine(string line) => WriteEvent(13, line);

    /// <summary>One line of what the kernel's verifier wrote about a BPF program that it refused.</summary>
    [Event(14, Level = EventLevel.Verbose, Message = "verifier: {0}")]
    public void VerifierLine(string line) => WriteEvent(14, line);
}
