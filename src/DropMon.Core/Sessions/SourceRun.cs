using System.Runtime.ExceptionServices;
using DropMon.Logging;
using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>
/// One open source on a thread of its own, handing drops to one consumer until asked to stop. What the consumer makes of
/// them, alerts or counts, is its own affair.
/// </summary>
internal sealed class SourceRun : IDisposable
{
    private readonly IDropSource _source;
    private readonly IRawDropConsumer _consumer;
    private readonly string[] _notes;
    private readonly SourceControl _control = new();
    private readonly Thread _thread;
    private readonly object _gate = new();
    private volatile ExceptionDispatchInfo? _failure;
    private SourceTotals? _totalsAtStop;
    private volatile bool _stopped;
    private volatile bool _isStarted;
    private bool _isClosing;

    private SourceRun(IDropSource source, IRawDropConsumer consumer, params string?[] notes)
    {
        _source = source;
        _consumer = consumer;
        _notes = [.. notes.OfType<string>()];
        _thread = new Thread(Run) { IsBackground = true, Name = "DropMon source" };
    }

    /// <summary>When it started.</summary>
    public DateTimeOffset Since { get; } = DateTimeOffset.Now;

    /// <inheritdoc cref="IDropSource.ReportingDelay"/>
    public TimeSpan ReportingDelay => _source.ReportingDelay;

    /// <summary>What is to be known of the source, and why it was chosen where that needs saying.</summary>
    public IReadOnlyList<string> Notes =>
        [.. _notes, .. Warnings, .. _source.Descriptor.BlindSpotsIn(_source.Settings.Mode), .. _source.Notes];

    /// <inheritdoc cref="IDropSource.Warnings"/>
    public IReadOnlyList<string> Warnings => _source.Warnings;

    /// <summary>Prepares a run; nothing is received before <see cref="EnsureStarted"/>.</summary>
    /// <param name="source">Open; this disposes it.</param>
    /// <param name="consumer">Is called on the source's thread.</param>
    /// <param name="notes">What else is to be known, such as why this source was chosen; null where that needs no saying.</param>
    public static SourceRun Prepare(IDropSource source, IRawDropConsumer consumer, params string?[] notes)
    {
        try
        {
            return new SourceRun(source, consumer, notes);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whether it has started.</summary>
    public bool IsStarted => _isStarted;

    /// <summary>Starts to receive, if that has not begun or ended.</summary>
    public void EnsureStarted()
    {
        lock (_gate)
        {
            if (_isStarted || _isClosing)
            {
                return;
            }

            _thread.Start();
            _isStarted = true;
        }
    }

    /// <summary>Raises the error that ended the source, if one did.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <inheritdoc cref="SourceControl.Flush"/>
    public bool Flush(TimeSpan timeout) => !_isStarted || _stopped || _control.Flush(timeout);

    /// <summary>Asks the source to end, and does not wait. From any thread, the source's own included.</summary>
    public void RequestStop()
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _control.RequestStop();
            }
        }
    }

    /// <summary>Waits until the source has ended: by request or by an error.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForEnd(TimeSpan timeout) => _isStarted ? _thread.Join(timeout) : _stopped;

    /// <summary>Waits for the reports of what has been dropped until now, then stops.</summary>
    public void StopAfterReports()
    {
        if (ReportingDelay > TimeSpan.Zero)
        {
            WaitForEnd(ReportingDelay + TimeSpan.FromMilliseconds(200));
        }

        Stop();
    }

    /// <summary>Stops receiving and leaves the kernel as it was.</summary>
    public void Stop()
    {
        RequestStop();
        lock (_gate)
        {
            _isClosing = true;
        }

        if (_isStarted)
        {
            _thread.Join();
        }
        else
        {
            _consumer.Complete();
        }

        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            try
            {
                _totalsAtStop = _source.ReadTotals();
            }
            catch (Exception error) when (error is DropMonException or IOException)
            {
                // Unknown losses must not keep the kernel's drop monitor on.
                _failure ??= ExceptionDispatchInfo.Capture(error);
                _totalsAtStop = SourceTotals.None;
            }
            finally
            {
                try
                {
                    _source.Dispose();
                    DropMonEvents.Log.SourceClosed(_source.Descriptor.Name);
                }
                finally
                {
                    _control.Dispose();
                }
            }
        }
    }

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    /// <summary>What it is and what it has done so far, with the numbers that the consumer keeps.</summary>
    public DropMonitorStatus Describe(DropLedger ledger)
    {
        SourceDescriptor descriptor = _source.Descriptor;
        SourceSettings settings = _source.Settings;
        return new DropMonitorStatus
        {
            State = _failure is not null ? DropMonitorState.Faulted : _stopped ? DropMonitorState.Stopped : DropMonitorState.Running,
            Source = descriptor.Name,
            SourceTitle = descriptor.Title,
            SourceShortTitle = descriptor.ShortTitle,
            SourceSettings = settings.Text,
            Mode = settings.Mode,
            TruncationLength = settings.TruncationLength,
            QueueLength = settings.QueueLength,
            ListensAlong = settings.ListensAlong,
            Since = Since,
            Ledger = ledger,
            Notes = Notes,
            Warnings = Warnings,
            Error = _failure?.SourceException.Message,
        };
    }

    /// <inheritdoc cref="IDropSource.ReadTotals"/>
    public SourceTotals ReadTotals()
    {
        lock (_gate)
        {
            return _totalsAtStop ?? _source.ReadTotals();
        }
    }

    private void Run()
    {
        try
        {
            _source.Run(_consumer, _control);
        }
        catch (Exception error)
        {
            // This thread does not wait: the reader gets the error instead.
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            _consumer.Complete();
            _control.End();
        }
    }
}
