using System.Diagnostics;
using DropMon.Native;
using DropMon.Sources;

namespace DropMon.Sessions.Measurement;

/// <summary>Counts drops as they happen, in groups, without an object for each: one source on a thread of its own, any number of readers.</summary>
public sealed class DropMeter : IDisposable
{
    /// <summary>What drops are grouped by unless somebody says otherwise.</summary>
    public static IReadOnlyList<DropGroupKey> DefaultKeys { get; } = [DropGroupKey.Function, DropGroupKey.Reason];

    private static readonly TimeSpan MostFlushTime = TimeSpan.FromSeconds(2);

    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly RawDropGate _drops;
    private readonly DropTally _tally;
    private readonly MeasuringConsumer _consumer;
    private readonly SourceRun _run;
    private readonly object _gate = new();
    private TimeSpan? _elapsed;

    private DropMeter(DropMonitorOptions options, DropMeterOptions measuring, IDropSource source, KernelKnowledge knowledge, string? note)
    {
        var names = new RawDropNames(source.Descriptor.Name);
        _drops = new RawDropGate(new DropSiteTable(knowledge.Symbols, knowledge.Lines, knowledge.Classifier, source.Reasons, options.Filter), options.Filter, names);
        var labeler = new GroupLabeler(measuring.By);
        _tally = new DropTally(labeler.Keys, DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks);
        _consumer = new MeasuringConsumer(_drops, names, labeler, _tally);
        Threshold = measuring.MinPerSecond is { } rate ? new RateThreshold(rate) : null;
        _run = SourceRun.Prepare(source, Threshold is null ? _consumer : new ThresholdConsumer(_consumer, Threshold, RequestStop), note, knowledge.Note);
        _run.Start();
    }

    /// <summary>Whether the rate that was asked for has been reached; false where none was.</summary>
    public bool IsRateReached => Threshold is { IsReached: true };

    /// <summary>How long it has measured.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed ?? Stopwatch.GetElapsedTime(_startedAt);
            }
        }
    }

    /// <summary>Packets counted so far.</summary>
    public long Total => _consumer.Total;

    private RateThreshold? Threshold { get; }

    /// <summary>Opens a source and starts to count.</summary>
    /// <exception cref="DropMonException">No source can be had; nothing is left behind.</exception>
    public static DropMeter Start(DropMonitorOptions options, DropMeterOptions measuring) => Start(options, measuring, catalog: null);

    internal static DropMeter Start(DropMonitorOptions options, DropMeterOptions measuring, SourceCatalog? catalog)
    {
        // Learned first: what is dropped meanwhile would count for a time in which nobody measures.
        KernelKnowledge knowledge = KernelKnowledge.OfThisMachine();
        OpenedSource opened = new SourceSelector(catalog ?? SourceCatalog.Default).Open(options);
        return Start(options, measuring, opened.Source, knowledge, opened.Note);
    }

    internal static DropMeter Start(DropMonitorOptions options, DropMeterOptions measuring, IDropSource source, KernelKnowledge knowledge, string? note = null) =>
        new(options, measuring, source, knowledge, note);

    /// <summary>What it is and what it has done so far.</summary>
    public DropMonitorStatus GetStatus() => _run.Describe(GetLedger());

    /// <inheritdoc cref="DropMonitor.Warnings"/>
    public IReadOnlyList<string> Warnings => _run.Warnings;

    /// <summary>What became of the alerts so far.</summary>
    public DropLedger GetLedger() => _run.ReadLedger(_drops);

    /// <summary>What was counted until now, the largest group first.</summary>
    public IReadOnlyList<DropMeasurement> Read()
    {
        _run.Flush(MostFlushTime);
        return _tally.Snapshot(_tally.Origin, Elapsed, GetLedger());
    }

    /// <summary>Waits until the source has ended: by request, by an error, or because the rate was reached.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForEnd(TimeSpan timeout) => _run.WaitForEnd(timeout);

    /// <summary>Raises the error that ended the source, if one did.</summary>
    /// <exception cref="DropMonException">The source failed; what had been counted before can be read.</exception>
    public void ThrowIfFailed() => _run.ThrowIfFailed();

    /// <summary>Asks the source to end, and does not wait. From any thread.</summary>
    public void RequestStop() => _run.RequestStop();

    /// <summary>Waits for the reports of what has been dropped until now, then stops.</summary>
    public void StopAfterReports()
    {
        _run.StopAfterReports();
        NoteEnd();
    }

    /// <summary>Stops receiving and leaves the kernel as it was. What was counted can still be read.</summary>
    public void Stop()
    {
        _run.Stop();
        NoteEnd();
    }

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    /// <summary>Packets by site. Only after <see cref="Stop"/>.</summary>
    internal IReadOnlyDictionary<DropSite, long> CountBySite() => _consumer.CountBySite();

    private void NoteEnd()
    {
        lock (_gate)
        {
            _elapsed ??= Stopwatch.GetElapsedTime(_startedAt);
        }
    }
}
