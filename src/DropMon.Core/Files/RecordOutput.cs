using System.Buffers;

namespace DropMon.Files;

/// <summary>
/// Collects records and writes them out whole. When the disk is full the file is cut back to the last record that
/// fitted, so that it stays readable to its end.
/// </summary>
internal sealed class RecordOutput : IBufferWriter<byte>, IDisposable
{
    /// <summary>The largest record that is written or read.</summary>
    public const int MaxRecordSize = 4 * 1024 * 1024;

    private const int FlushSize = 256 * 1024;
    private const int FlushMilliseconds = 1000;

    private readonly List<int> _recordEnds = [];
    private readonly OutputFile? _file;
    private readonly Stream? _stream;
    private byte[] _buffer = new byte[FlushSize * 2];
    private int _length;
    private long _position;
    private long _lastFlush = Environment.TickCount64;
    private bool _begun;
    private CaptureException? _failure;

    /// <summary>Writes to a file from a position on, once it was begun.</summary>
    public RecordOutput(OutputFile file, long position)
    {
        _file = file;
        Path = file.Path;
        _position = position;
    }

    /// <summary>Writes to a stream, such as standard output, which stays open.</summary>
    public RecordOutput(Stream stream, string path)
    {
        _stream = stream;
        Path = path;
        _begun = true;
    }

    public string Path { get; }

    /// <summary>The bytes of the record in hand.</summary>
    public int RecordLength => _length - RecordStart;

    private int RecordStart => _recordEnds.Count == 0 ? 0 : _recordEnds[^1];

    public Span<byte> Record => _buffer.AsSpan(RecordStart, RecordLength);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Begins to write, at the first record that is worth it: until then a header waits, and a file keeps what it held.</summary>
    public void Begin()
    {
        if (_begun || _failure is not null)
        {
            return;
        }

        try
        {
            _file!.Begin();
        }
        catch (CaptureException e)
        {
            _failure = e;
            throw;
        }

        _begun = true;
    }

    /// <summary>Gives up what was not begun, so that closing leaves the file as it was.</summary>
    public void Withdraw()
    {
        if (!_begun)
        {
            _length = 0;
            _recordEnds.Clear();
        }
    }

    /// <summary>Begins a record. What an earlier one left unfinished is dropped.</summary>
    public void BeginRecord()
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        _length = RecordStart;
    }

    /// <summary>Ends the record in hand: from here on it is written whole or not at all.</summary>
    public void EndRecord()
    {
        int size = RecordLength;
        if (size > MaxRecordSize)
        {
            _length = RecordStart;
            throw CaptureException.TooLarge(Path, size, MaxRecordSize);
        }

        _recordEnds.Add(_length);
        if (_begun && (_length >= FlushSize || Environment.TickCount64 - _lastFlush >= FlushMilliseconds))
        {
            Flush();
        }
    }

    public void Flush()
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        Begin();
        int whole = RecordStart;
        try
        {
            if (_file is not null)
            {
                _file.Write(_buffer.AsSpan(0, whole), _position);
            }
            else
            {
                _stream!.Write(_buffer, 0, whole);
                _stream.Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw _failure = Fail(e);
        }

        _position += whole;
        _length = 0;
        _recordEnds.Clear();
        _lastFlush = Environment.TickCount64;
    }

    public void Dispose()
    {
        try
        {
            if (_failure is null && _recordEnds.Count > 0)
            {
                Flush();
            }
        }
        finally
        {
            _file?.Dispose();
        }
    }

    private CaptureException Fail(Exception cause)
    {
        long written = 0;
        if (_file is not null)
        {
            try
            {
                written = Math.Clamp(RandomAccess.GetLength(_file.Handle) - _position, 0, RecordStart);
                written = _recordEnds.LastOrDefault(end => end <= written);
                RandomAccess.SetLength(_file.Handle, _position + written);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // A device or pipe cannot be cut back; the first failure is the one to report.
            }
        }

        return CaptureException.WriteFailed(Path, _position + written, _recordEnds.Count(end => end > written), cause);
    }

    private void Reserve(int sizeHint)
    {
        if (_buffer.Length - _length < Math.Max(sizeHint, 1))
        {
            Array.Resize(ref _buffer, checked(Math.Max(_buffer.Length * 2, _length + sizeHint)));
        }
    }
}
