using DropMon.Native;

namespace DropMon.Files;

/// <summary>
/// Reads a file forward through one buffer. The buffer grows only as far as bytes really arrive, whatever length a
/// file claims, so that a hostile file cannot make it large.
/// </summary>
internal sealed class CaptureInput : IDisposable
{
    private const int BlockSize = 256 * 1024;

    private readonly Stream _stream;
    private readonly long _limit;
    private byte[] _buffer = new byte[BlockSize];
    private int _start;
    private int _end;
    private bool _ended;

    /// <param name="stream">The bytes.</param>
    /// <param name="path">What to call them in errors.</param>
    /// <param name="limit">Where the input ends: a record that begins before it is read to its end, and none behind.</param>
    public CaptureInput(Stream stream, string path, long limit = long.MaxValue)
    {
        _stream = stream;
        _limit = limit;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Where <see cref="Buffered"/> begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether all that is there can be read without waiting for a writer: a file, not a pipe.</summary>
    public bool IsFile => _stream.CanSeek;

    public ReadOnlySpan<byte> Buffered => Offset >= _limit ? default : _buffer.AsSpan(_start, _end - _start);

    /// <summary>
    /// Opens a file. What is appended to it from now on is not read, so that a pipeline that appends to the file it reads comes to an end.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">Where to end before that.</param>
    /// <exception cref="CaptureException">It cannot be opened, or is about to be overwritten.</exception>
    public static CaptureInput Open(string path, long limit = long.MaxValue)
    {
        FileStream stream = OpenStream(path);
        try
        {
            if (!RegularFile.Is(stream.SafeFileHandle))
            {
                return new CaptureInput(stream, path);
            }

            return CaptureLocks.IsAboutToBeOverwritten(stream.SafeFileHandle)
                ? throw CaptureException.AboutToBeOverwritten(path)
                : new CaptureInput(stream, path, Math.Min(limit, stream.Length));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a file, or what stands in its place, such as a pipe, whose writer is waited for until the wait is cancelled.
    /// </summary>
    /// <exception cref="CaptureException">It cannot be opened, or is about to be overwritten.</exception>
    public static CaptureInput OpenInterruptible(string path, CancellationToken cancellation) =>
        File.Exists(path) && !RegularFile.Is(path) ? new CaptureInput(OpenWaiting(path, cancellation), path) : Open(path);

    /// <summary>Tries to have <paramref name="count"/> bytes buffered; false when the file ends before.</summary>
    public bool TryFill(int count)
    {
        if (Offset >= _limit)
        {
            return false;
        }

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

    private static WaitingStream OpenWaiting(string path, CancellationToken cancellation)
    {
        try
        {
            return WaitingStream.Open(path, cancellation);
        }
        catch (SyscallException e)
        {
            throw CaptureException.OpenFailed(path, e.Kind == DropMonErrorKind.PermissionDenied
                ? new UnauthorizedAccessException(e.Message, e) : e);
        }
    }

    private static FileStream OpenStream(string path)
    {
        try
        {
            // Unbuffered, since this class is the buffer; shared, since a file may be read while it is written.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0,
                FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CaptureException.OpenFailed(path, e);
        }
    }

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
