namespace DropMon.Capture;

/// <summary>
/// Reads a file forward through one buffer. The buffer grows only as far as bytes really arrive, whatever length a
/// file claims, so that a hostile file cannot make it large.
/// </summary>
internal sealed class CaptureInput : IDisposable
{
    private const int BlockSize = 256 * 1024;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[BlockSize];
    private int _start;
    private int _end;
    private bool _ended;

    public CaptureInput(Stream stream, string path)
    {
        _stream = stream;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Where <see cref="Buffered"/> begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether all that is there can be read without waiting for a writer: a file, not a pipe.</summary>
    public bool IsFile => _stream.CanSeek;

    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    public static CaptureInput Open(string path)
    {
        try
        {
            // Unbuffered, since this class is the buffer; shared, since a file may be read while it is written.
            return new CaptureInput(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CaptureException.OpenFailed(path, e);
        }
    }

    /// <summary>Tries to have <paramref name="count"/> bytes buffered; false when the file ends before.</summary>
    public bool TryFill(int count)
    {
        while (_end - _start < count)
        {
            if (_ended || !ReadBlock())
            {
                return false;
            }
        }

        return true;
    }

    public void Consume(int count)
    {
        _start += count;
        Offset += count;
    }

    public void Dispose() => _stream.Dispose();

    private bool ReadBlock()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read;
        try
        {
            read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _ended = true;
            throw CaptureException.ReadFailed(Path, Offset + _end, e);
        }

        _end += read;
        _ended = read == 0;
        return !_ended;
    }
}
