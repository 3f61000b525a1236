using System.Diagnostics;
using DropMon.Native;

namespace DropMon.Machine;

/// <summary>This machine.</summary>
/// <param name="toolTimeout">How long a tool may take; it is killed then.</param>
internal sealed class LocalMachine(TimeSpan toolTimeout) : IMachine
{
    /// <summary>Tools for administrators are often missing from the PATH of others; and a PATH set by others is not to be trusted by root.</summary>
    private static readonly string[] ToolDirectories = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin"];

    public string? ReadFile(string path, CancellationToken cancellationToken = default) => KernelFile.Read(path, KernelFile.MostBytes, cancellationToken);

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

    public ToolResult Run(string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        string? path = ToolDirectories.Select(directory => Path.Combine(directory, tool)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return ToolResult.Missing;
        }

        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What a tool prints is parsed: no translations, no colours.
        start.Environment["LC_ALL"] = "C";
        start.Environment["NO_COLOR"] = "1";
        return Run(start, cancellationToken);
    }

    private ToolResult Run(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(toolTimeout);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            Task.WhenAll(output, error, process.WaitForExitAsync(limit.Token)).GetAwaiter().GetResult();
            return new ToolResult(
                process.ExitCode == 0 ? ToolOutcome.Succeeded : ToolOutcome.Failed,
                output.Result,
                error.Result.AsSpan().Trim().ToString().Split('\n')[0]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ToolResult(ToolOutcome.TimedOut, "", "");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>A descriptor's link, e.g. <c>socket:[4711]</c>, is no path: .NET makes one of it, below the link's directory.</summary>
    private static string LinkText(string path, FileSystemInfo target)
    {
        string directory = Path.GetDirectoryName(path) + "/";
        return target.FullName.StartsWith(directory, StringComparison.Ordinal) ? target.FullName[directory.Length..] : target.FullName;
    }
}
