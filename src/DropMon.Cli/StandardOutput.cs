using Microsoft.Win32.SafeHandles;

namespace DropMon.Cli;

/// <summary>
/// Standard output as a plain stream. Console's own stream hides that the reader of a pipe has gone, and the command
/// would watch for nobody, for ever.
/// </summary>
internal sealed class StandardOutput : IDisposable
{
    private const int Descriptor = 1;

    private readonly SafeFileHandle _handle;

    private StandardOutput(SafeFileHandle handle, Stream stream)
    {
        _handle = handle;
        Stream = stream;
    }

    public Stream Stream { get; }

    /// <summary>Whether a person looks on.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    public static StandardOutput Open()
    {
        var handle = new SafeFileHandle(Descriptor, ownsHandle: false);
        return new StandardOutput(handle, new FileStream(handle, FileAccess.Write, bufferSize: 0));
    }

    /// <summary>Whether writing failed because the reader has gone.</summary>
    public static bool IsReaderGone(Exception error)
    {
        const int BrokenPipe = 32; // EPIPE
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException && (cause.HResult & 0xffff) == BrokenPipe)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        Stream.Dispose();
        _handle.Dispose();
    }
}
