using DropMon.Filters;
using DropMon.Logging;
using DropMon.Sessions.Measurement;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Sessions;

/// <summary>A session with a source of this process.</summary>
public sealed class DropSession : IDropSession
{
    private static readonly TimeSpan MostFlushTime = TimeSpan.FromSeconds(2);

    // A machine that is behind takes its time; a source that never answers must not keep a listener for ever.
    private const int MostLeaveFlushes = 15;

    private readonly RawDropNames _names;
    private readonly DropAlertBuilder _builder;
    private readonly SessionDispatcher _dispatcher;
    private readonly SourceRun _run;

    internal DropSession(IDropSource source, KernelKnowledge knowledge, string? note = null)
    {
        _names = new RawDropNames(source.Descriptor.Name);
        _builder = new DropAlertBuilder(source.Descriptor.Name, knowledge.Symbols, knowledge.Lines, _names);
        _dispatcher = new SessionDispatcher(
            new DropSiteTable(knowledge.Symbols, knowledge.Lines, knowledge.Classifier, source.Reasons, new DropDevices()), _names);
        _run = SourceRun.Prepare(source, _dispatcher, note, knowledge.Note);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _run.Warnings;

    /// <inheritdoc/>
    public TimeSpan ReportingDelay => _run.ReportingDelay;

    /// <summary>What is to be known of the source, and why it was chosen where that needs saying.</summary>
    internal IReadOnlyList<string> Notes => _run.Notes;

    /// <summary>Takes what the source delivers.</summary>
    internal IRawDropConsumer Dispatcher => _dispatcher;

    /// <summary>Opens a source of DropMon's catalog.</summary>
    /// <param name="request">Which, and how; its filter covers what all listeners want.</param>
    /// <exception cref="DropMonException">No source can be opened; nothing is left behind.</exception>
    public static DropSession Open(SourceRequest request) => Open(request, catalog: null);

    internal static DropSession Open(SourceRequest request, SourceCatalog? catalog)
    {
        // Learned first: drops in the meantime would count for a time without a listener.
        KernelKnowledge knowledge = KernelKnowledge.OfThisMachine();
        OpenedSource opened = new SourceSelector(catalog ?? SourceCatalog.Default).Open(request);
        return new DropSession(opened.Source, knowledge, opened.Note);
    }

    /// <inheritdoc/>
    public IAlertListener Listen(ListenerOptions options)
    {
        if (options.Capacity < 1)
        {
            throw new OptionException($"{OptionId.Capacity} cannot be {options.Capacity}.", "Give at least 1.");
        }

        return Join(new AlertListener(this, options, _builder));
    }

    /// <inheritdoc/>
    public IMeasuringListener Measure(DropFilter filter, DropMeterOptions options) =>
        Join(new MeasuringListener(this, filter, options, _names));

    /// <inheritdoc/>
    public DropMonitorStatus GetStatus()
    {
        SourceTotals totals = ReadTotals();
        long received = _dispatcher.Received;
        return Describe(new DropLedger
        {
            Received = received,
            Delivered = received,
            FilteredInKernel = totals.FilteredInKernel,
            LossesByCause = totals.Losses,
            Gaps = Notes,
        });
    }

    /// <inheritdoc/>
    public void Flush() => _run.Flush(MostFlushTime);

    /// <inheritdoc/>
    public void ThrowIfFailed() => _run.ThrowIfFailed();

    /// <inheritdoc/>
    public void RequestStop() => _run.RequestStop();

    /// <inheritdoc/>
    public bool WaitForEnd(TimeSpan timeout) => _run.WaitForEnd(timeout);

    /// <inheritdoc/>
    public void StopAfterReports() => _run.StopAfterReports();

    /// <inheritdoc/>
    public void Stop() => _run.Stop();

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    internal SourceTotals ReadTotals() => _run.ReadTotals();

    internal DropMonitorStatus Describe(DropLedger ledger) => _run.Describe(ledger);

    /// <summary>Lets a listener go: its ledger and what it has buffered or counted stay.</summary>
    internal void Leave(SessionListener listener)
    {
        if (!_dispatcher.Remove(listener))
        {
            return;
        }

        // Once it has flushed, the source's thread no longer knows the listener: what it gathered is this thread's to hand over.
        for (int i = 0; i < MostLeaveFlushes && !_run.Flush(MostFlushTime); i++)
        {
        }

        listener.Complete();
        listener.EndAt(ReadTotals());
    }

    // What the source has received before its first listener waits in the kernel.
    private T Join<T>(T listener)
        where T : SessionListener
    {
        if (_run.IsStarted)
        {
            listener.BeginAt(ReadTotals());
        }

        if (!listener.Filter.IsEmpty)
        {
            DropMonEvents.Log.FilterApplied(listener.Filter.ToString(), "above the source");
        }

        _dispatcher.Add(listener);
        _run.EnsureStarted();
        return listener;
    }
}
