using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>A running monitor: one source on a thread of its own, one buffer, any number of readers.</summary>
public sealed class DropMonitor : IDisposable
{
    private static readonly TimeSpan MostFlushTime = TimeSpan.FromSeconds(2);

    private readonly bool _keepsNewest;
    private readonly AlertBuffer _buffer;
    private readonly RawDropGate _drops;
    private readonly SourceRun _run;

    private DropMonitor(DropMonitorOptions options, IDropSource source, KernelKnowledge knowledge, string? note)
    {
        _keepsNewest = options.KeepsNewest;
        _buffer = new AlertBuffer(options.Capacity, options.KeepsNewest ? OverflowPolicy.OverwriteOldest : OverflowPolicy.DropNewest);
        var sites = new DropSiteTable(knowledge.Symbols, knowledge.Lines, knowledge.Classifier, source.Reasons, options.Filter);
        var names = new RawDropNames(source.Descriptor.Name);
        _drops = new RawDropGate(sites, options.Filter, names);
        var pipeline = new AlertPipeline(_drops, new DropAlertBuilder(source.Descriptor.Name, knowledge.Symbols, knowledge.Lines, names), _buffer);
        _run = SourceRun.Prepare(source, pipeline, note, knowledge.Note);
        _run.Start();
    }

    /// <summary>Opens a source and starts to receive.</summary>
    /// <exception cref="DropMonException">No source can be had; nothing is left behind.</exception>
    public static DropMonitor Start(DropMonitorOptions options) => Start(options, catalog: null);

    internal static DropMonitor Start(DropMonitorOptions options, SourceCatalog? catalog)
    {
        if (options.Capacity < 1)
        {
            throw new OptionException($"-Capacity cannot be {options.Capacity}.", "Give at least 1.");
        }

        KernelKnowledge knowledge = KernelKnowledge.OfThisMachine();
        OpenedSource opened = new SourceSelector(catalog ?? SourceCatalog.Default).Open(options);
        return Start(options, opened.Source, knowledge, opened.Note);
    }

    internal static DropMonitor Start(DropMonitorOptions options, IDropSource source, KernelKnowledge knowledge, string? note = null) =>
        new(options, source, knowledge, note);

    /// <summary>Takes out buffered alerts, oldest first, waiting for the first.</summary>
    /// <param name="destination">Where to put them.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>How many; 0 when none came in time, the monitor has stopped and none is left, or there is something new in <see cref="Warnings"/>.</returns>
    /// <exception cref="DropMonException">The source failed, and all that came before has been taken.</exception>
    public int Take(Span<DropAlert> destination, TimeSpan timeout)
    {
        int taken = _buffer.Take(destination, timeout);
        if (taken == 0 && _buffer.IsDrained)
        {
            _run.ThrowIfFailed();
        }

        return taken;
    }

    /// <summary>Whether the monitor has stopped and no alert is left to take.</summary>
    public bool IsDrained => _buffer.IsDrained;

    /// <summary>A copy of the buffered alerts, oldest first, those of drops until now included.</summary>
    public IReadOnlyList<DropAlert> Snapshot()
    {
        _run.Flush(MostFlushTime);
        return _buffer.Copy();
    }

    /// <summary>What it is and what it has done so far.</summary>
    public DropMonitorStatus GetStatus() => _run.Describe(GetLedger()) with { Capacity = _buffer.Capacity, Buffered = _buffer.Count };

    /// <summary>What nobody should overlook so far, as in <see cref="DropMonitorStatus.Warnings"/>; asking for it costs next to nothing.</summary>
    public IReadOnlyList<string> Warnings => _run.Warnings;

    /// <summary>What became of the alerts so far.</summary>
    public DropLedger GetLedger()
    {
        // Read before what came, so that no alert is missing from both.
        AlertBuffer.Counts buffer = _buffer.ReadCounts();
        DropLedger ledger = _run.ReadLedger(_drops);
        return _keepsNewest
            ? ledger with { Delivered = ledger.Delivered - buffer.Lost, Overwritten = buffer.Lost }
            : ledger with { Delivered = buffer.Taken, Unread = ledger.Delivered - buffer.Lost - buffer.Taken, BufferLost = buffer.Lost };
    }

    /// <summary>How long after a drop the kernel reports it: a second in summary mode.</summary>
    public TimeSpan ReportingDelay => _run.ReportingDelay;

    /// <summary>Asks the source to end, and does not wait: readers take what is buffered, then find the monitor drained. From any thread.</summary>
    public void RequestStop() => _run.RequestStop();

    /// <summary>Waits until the source has ended: by request or by an error.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForEnd(TimeSpan timeout) => _run.WaitForEnd(timeout);

    /// <summary>Waits for the reports of what has been dropped until now, then stops.</summary>
    public void StopAfterReports() => _run.StopAfterReports();

    /// <summary>Stops receiving and leaves the kernel as it was. What is buffered can still be taken.</summary>
    public void Stop() => _run.Stop();

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();
}
