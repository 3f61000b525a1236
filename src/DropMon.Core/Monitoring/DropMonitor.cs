using System.Runtime.ExceptionServices;
using DropMon.NetDm;
using DropMon.Reasons;
using DropMon.Symbols;

namespace DropMon.Monitoring;

/// <summary>A running monitor: one source on a thread of its own, one buffer, any number of readers.</summary>
public sealed class DropMonitor : IDisposable
{
    private static readonly TimeSpan MostFlushTime = TimeSpan.FromSeconds(2);

    private readonly string? _note;
    private readonly bool _keepsNewest;
    private readonly IDropSource _source;
    private readonly AlertBuffer _buffer;
    private readonly AlertPipeline _pipeline;
    private readonly SourceControl _control = new();
    private readonly Thread _thread;
    private readonly DateTimeOffset _since = DateTimeOffset.Now;
    private readonly object _gate = new();
    private volatile ExceptionDispatchInfo? _failure;
    private SourceLoss? _lossAtStop;
    private bool _stopped;

    private DropMonitor(DropMonitorOptions options, IDropSource source, KernelKnowledge knowledge, string? note)
    {
        _note = note;
        _keepsNewest = options.KeepsNewest;
        _source = source;
        _buffer = new AlertBuffer(options.Capacity, options.KeepsNewest ? OverflowPolicy.OverwriteOldest : OverflowPolicy.DropNewest);
        var sites = new DropSiteTable(knowledge.Symbols, knowledge.Lines, knowledge.Classifier, source.Reasons, options.Filter);
        _pipeline = new AlertPipeline(sites, options.Filter, new DropAlertBuilder(source.Kind, knowledge.Symbols), _buffer);
        _thread = new Thread(Run) { IsBackground = true, Name = "DropMon source" };
    }

    /// <summary>Opens a source and starts to receive.</summary>
    /// <exception cref="DropMonException">No source can be had; nothing is left behind.</exception>
    public static DropMonitor Start(DropMonitorOptions options)
    {
        DropSourceSelector.OpenedSource opened = DropSourceSelector.Open(options);
        return Start(options, opened.Source, KernelKnowledge.OfThisMachine(), opened.Note);
    }

    internal static DropMonitor Start(DropMonitorOptions options, IDropSource source, KernelKnowledge knowledge, string? note = null)
    {
        var monitor = new DropMonitor(options, source, knowledge, note);
        monitor._thread.Start();
        return monitor;
    }

    /// <summary>Takes out buffered alerts, oldest first, waiting for the first.</summary>
    /// <param name="destination">Where to put them.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>How many; 0 when none came in time, or the monitor has stopped and none is left.</returns>
    /// <exception cref="DropMonException">The source failed, and all that came before has been taken.</exception>
    public int Take(Span<DropAlert> destination, TimeSpan timeout)
    {
        int taken = _buffer.Take(destination, timeout);
        if (taken == 0 && _buffer.IsDrained)
        {
            _failure?.Throw();
        }

        return taken;
    }

    /// <summary>Whether the monitor has stopped and no alert is left to take.</summary>
    public bool IsDrained => _buffer.IsDrained;

    /// <summary>A copy of the buffered alerts, oldest first, those of drops until now included.</summary>
    public IReadOnlyList<DropAlert> Snapshot()
    {
        _control.Flush(MostFlushTime);
        return _buffer.Copy();
    }

    /// <summary>What it is and what it has done so far.</summary>
    public DropMonitorStatus GetStatus()
    {
        var netDm = _source as NetDmSource;
        return new DropMonitorStatus
        {
            State = _failure is not null ? DropMonitorState.Faulted : _stopped ? DropMonitorState.Stopped : DropMonitorState.Running,
            Source = _source.Kind,
            Mode = netDm?.Configuration.Mode,
            TruncationLength = (int?)netDm?.Configuration.TruncationLength,
            QueueLength = (int?)netDm?.Configuration.QueueLength,
            ListensAlong = netDm is { IsListeningAlong: true },
            Since = _since,
            Capacity = _buffer.Capacity,
            Buffered = _buffer.Count,
            Ledger = GetLedger(),
            Notes = Notes,
            Error = _failure?.SourceException.Message,
        };
    }

    /// <summary>What became of the alerts so far.</summary>
    public DropLedger GetLedger()
    {
        SourceLoss loss = ReadLoss();
        long bufferLost = _buffer.Lost;
        return new DropLedger
        {
            Received = _pipeline.Received,
            FilteredOut = _pipeline.FilteredOut,
            Delivered = _pipeline.Received - _pipeline.FilteredOut - bufferLost,
            KernelQueueLost = loss.KernelQueue,
            SocketLost = loss.Socket,
            RingLost = loss.Ring,
            Malformed = loss.Malformed,
            BufferLost = _keepsNewest ? 0 : bufferLost,
            Overwritten = _keepsNewest ? bufferLost : 0,
            Gaps = Notes,
        };
    }

    /// <summary>How long after a drop the kernel reports it: a second in summary mode.</summary>
    public TimeSpan ReportingDelay => _source.ReportingDelay;

    private IReadOnlyList<string> Notes => _note is null ? _source.Notes : [_note, .. _source.Notes];

    /// <summary>Asks the source to end, and does not wait: readers take what is buffered, then find the monitor drained. From any thread.</summary>
    public void RequestStop() => _control.RequestStop();

    /// <summary>Waits until the source has ended: by request or by an error.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForEnd(TimeSpan timeout) => _thread.Join(timeout);

    /// <summary>Stops receiving and leaves the kernel as it was. What is buffered can still be taken.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _control.RequestStop();
            _thread.Join();
            _stopped = true;
            _lossAtStop = ReadLoss();
            _source.Dispose();
            _control.Dispose();
        }
    }

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    private SourceLoss ReadLoss()
    {
        lock (_gate)
        {
            return _lossAtStop ?? _source.ReadLoss();
        }
    }

    private void Run()
    {
        try
        {
            _source.Run(_pipeline, _control);
        }
        catch (Exception error)
        {
            // Nobody waits on this thread: the reader is told instead.
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            _buffer.Complete();
            _control.End();
        }
    }
}
