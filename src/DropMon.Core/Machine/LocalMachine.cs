using DropMon.Native;

namespace DropMon.Machine;

/// <summary>This machine.</summary>
internal sealed class LocalMachine : IMachine
{
    public string? ReadFile(string path, CancellationToken cancellationToken = default) =>
        KernelFile.Read(path, KernelFile.MostBytes, cancellationToken);

    public IReadOnlyList<string> ListDirectory(string path)
    {
        if (!KernelFile.IsPath(path))
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)!)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is empty, and a finding for those who asked; here often a process that has just ended.
            return [];
        }
    }

    public string? ReadLink(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false) is { } target ? LinkText(path, target) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above; here often a descriptor that has just been closed.
            return null;
        }
    }

    public IReadOnlyList<KernelMessage>? ReadKernelLog(CancellationToken cancellationToken)
    {
        if (KernelLog.Read(cancellationToken) is not { } records)
        {
            return null;
        }

        long boot = MonotonicClock.UnixOffsetNanoseconds();
        return [.. records.Select(record => new KernelMessage(
            DateTimeOffset.UnixEpoch.AddTicks((boot + (record.Microseconds * 1000)) / 100), record.Text))];
    }

    /// <summary>A descriptor's link, e.g. <c>socket:[4711]</c>, is no path: .NET makes one of it, below the link's directory.</summary>
    private static string LinkText(string path, FileSystemInfo target)
    {
        string directory = Path.GetDirectoryName(path) + "/";
        return target.FullName.StartsWith(directory, StringComparison.Ordinal) ? target.FullName[directory.Length..] : target.FullName;
    }
}
