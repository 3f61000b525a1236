using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DropMon.Files;

/// <summary>
/// Has a thread of its own read a file some hundreds of alerts ahead, so that parsing and the caller's work overlap. Alerts and damage come
/// in the file's order, and header, ledger and position are those of the moment at which the alert last returned was read, or soon after.
/// </summary>
internal sealed class ReadAheadReader : AlertReader
{
    private const int BatchSize = 128;
    private const int BatchesAhead = 8;
    // A batch that has read this many bytes of the file is full, however few alerts they were.
    private const int BatchBytes = 256 * 1024;

    private readonly AlertReader _reader;
    private readonly BlockingCollection<Batch> _batches = new(BatchesAhead);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Batch _current = new(0);
    private int _next;
    private long _position;

    /// <param name="reader">The file's reader, which is this one's from now on.</param>
    public ReadAheadReader(AlertReader reader)
        : base(reader.Path)
    {
        _reader = reader;
        Format = reader.Format;
        Header = reader.Header;
        Ledger = reader.Ledger;
        _position = reader.Position;
        _thread = new Thread(ReadAhead) { IsBackground = true, Name = "DropMon file reader" };
        _thread.Start();
    }

    /// <summary>How many bytes of the file have been read.</summary>
    internal long PositionAhead => _reader.Position;

    public override AlertFileFormat Format { get; }

    public override long Position => _position;

    public override bool TryRead([NotNullWhen(true)] out DropAlert? alert)
    {
        while (_next == _current.Count)
        {
            if (_current.TakeFailure() is { } failure)
            {
                failure.Throw();
            }

            if (!_batches.TryTake(out Batch? batch, Timeout.Infinite))
            {
                alert = null;
                return false;
            }

            _current = batch;
            _next = 0;
            Header = batch.Header;
            Ledger = batch.Ledger;
            _position = batch.Position;
        }

        alert = _current.Alerts[_next++];
        return true;
    }

    private protected override void Dispose(bool disposing)
    {
        _stop.Cancel();
        _thread.Join();
        _reader.Dispose();
        _batches.Dispose();
        _stop.Dispose();
    }

    private void ReadAhead()
    {
        try
        {
            bool more = true;
            while (more)
            {
                var batch = new Batch(BatchSize);
                more = Fill(batch);
                _batches.Add(batch, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has had enough.
        }

        _batches.CompleteAdding();
    }

    /// <summary>Fills a batch up to the file's end or its next damage.</summary>
    /// <returns>Whether there may be more.</returns>
    private bool Fill(Batch batch)
    {
        try
        {
            long start = _reader.Position;
            while (batch.Count < BatchSize && _reader.Position - start < BatchBytes)
            {
                if (!_reader.TryRead(out DropAlert? alert))
                {
                    return false;
                }

                batch.Alerts[batch.Count++] = alert;
            }

            return true;
        }
        catch (Exception error)
        {
            // Whatever it is belongs to the caller: on this thread it would end the process.
            batch.Failure = ExceptionDispatchInfo.Capture(error);
            return error is CaptureException;
        }
        finally
        {
            batch.Header = _reader.Header;
            batch.Ledger = _reader.Ledger;
            batch.Position = _reader.Position;
        }
    }

    /// <summary>Alerts, and what came behind them where that was damage.</summary>
    private sealed class Batch(int size)
    {
        public DropAlert[] Alerts { get; } = new DropAlert[size];

        public int Count { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }

        public AlertFileHeader? Header { get; set; }

        public DropLedger? Ledger { get; set; }

        public long Position { get; set; }

        public ExceptionDispatchInfo? TakeFailure()
        {
            ExceptionDispatchInfo? failure = Failure;
            Failure = null;
            return failure;
        }
    }
}
