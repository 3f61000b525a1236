using DropMon.Native;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Files;

/// <summary>
/// A file that alerts are written to. It has one writer at a time, and what it held before stays until the first alert comes.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly bool _isRegular;
    private readonly bool _append;
    private readonly Stream? _stream;

    private OutputFile(string path, WaitingOutput pipe)
    {
        Path = path;
        Handle = pipe.File;
        _stream = pipe;
    }

    private OutputFile(string path, SafeFileHandle handle, bool append)
    {
        Path = path;
        Handle = handle;
        _append = append;
        _isRegular = RegularFile.Is(handle);
        _stream = _isRegular ? null : new FileStream(handle, FileAccess.Write, 0);
    }

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    /// <summary>How much it holds. A pipe or device holds nothing to go on behind.</summary>
    public long Length => _isRegular ? RandomAccess.GetLength(Handle) : 0;

    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the wait for the reader of a pipe, here and while it is written to.</param>
    /// <exception cref="CaptureException">It cannot be opened, or has a writer.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static OutputFile Open(string path, AlertWriteOptions options, CancellationToken cancellation)
    {
        if (RegularFile.IsPipe(path) && !options.NoClobber)
        {
            return OpenPipe(path, cancellation);
        }

        var file = new OutputFile(path, OpenHandle(path, options), options.Append);
        try
        {
            file.Lock();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes way for the first alert: what is to be replaced goes now.</summary>
    /// <exception cref="CaptureException">It cannot be replaced.</exception>
    public void Begin()
    {
        if (_append || !_isRegular)
        {
            return;
        }

        try
        {
            RandomAccess.SetLength(Handle, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.CreateFailed(Path, e);
        }

        CaptureLocks.EndAnnouncement(Handle);
    }

    /// <summary>Writes at a position; a pipe has none, and takes all as it comes.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        if (_stream is not null)
        {
            _stream.Write(bytes);
        }
        else
        {
            RandomAccess.Write(Handle, bytes, position);
        }
    }

    public void Dispose()
    {
        if (_isRegular && !Handle.IsClosed)
        {
            CaptureLocks.Free(Handle);
        }

        _stream?.Dispose();
        Handle.Dispose();
    }

    private static OutputFile OpenPipe(string path, CancellationToken cancellation)
    {
        try
        {
            return new OutputFile(path, WaitingOutput.Open(path, cancellation));
        }
        catch (SyscallException error)
        {
            throw CaptureException.CreateFailed(path, error);
        }
    }

    private static SafeFileHandle OpenHandle(string path, AlertWriteOptions options)
    {
        // What is there is looked at before it is appended to. A pipe that is open for both would not wait for its reader.
        bool look = options.Append && (RegularFile.Is(path) || !File.Exists(path));
        FileMode mode = options.NoClobber && !options.Append ? FileMode.CreateNew : FileMode.OpenOrCreate;
        try
        {
            return File.OpenHandle(path, mode, look ? FileAccess.ReadWrite : FileAccess.Write, FileShare.Read);
        }
        catch (IOException) when (mode == FileMode.CreateNew && File.Exists(path))
        {
            throw CaptureException.Exists(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CaptureException.CreateFailed(path, e);
        }
    }

    private void Lock()
    {
        // On a network file system .NET's readers lock the whole file, with which these locks would collide: reading a file while it is
        // written is worth more.
        if (!_isRegular || new DriveInfo(Path).DriveType == DriveType.Network)
        {
            return;
        }

        if (!CaptureLocks.TryBecomeWriter(Handle))
        {
            throw CaptureException.InUse(Path);
        }

        if (!_append && Length > 0)
        {
            CaptureLocks.AnnounceOverwriting(Handle);
        }
    }
}
