using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DropMon.Files;
using DropMon.Output;

namespace DropMon.Input;

/// <summary>Reads files of alerts for cmdlets: damage becomes errors, and what is whole is read on.</summary>
internal static class AlertReplay
{
    /// <summary>The alerts of files, one by one. Losses that a file's writer knew of become a warning at its end.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="paths">The files.</param>
    /// <param name="cancellation">Ends the wait for the writer of a pipe.</param>
    public static IEnumerable<DropAlert> ReadAlerts(this Cmdlet cmdlet, IEnumerable<string> paths, CancellationToken cancellation)
    {
        string[] files = [.. paths];
        RefuseOverwriting(cmdlet, files);
        return files.SelectMany(path => ReadAlerts(cmdlet, path, cancellation));
    }

    // The alerts of the first file would have the last one overwritten before its turn comes.
    private static void RefuseOverwriting(Cmdlet cmdlet, string[] paths)
    {
        foreach (string path in paths.Length > 1 ? paths : [])
        {
            try
            {
                AlertFile.CheckUnthreatened(path);
            }
            catch (CaptureException error)
            {
                cmdlet.ThrowTerminatingError(error.ToErrorRecord(path));
            }
        }
    }

    private static IEnumerable<DropAlert> ReadAlerts(Cmdlet cmdlet, string path, CancellationToken cancellation)
    {
        using AlertReader? reader = Open(cmdlet, path, cancellation);
        if (reader is null)
        {
            yield break;
        }

        while (TryRead(cmdlet, reader, out DropAlert? alert))
        {
            yield return alert;
        }

        if (reader.Ledger?.DescribeLoss() is { } loss)
        {
            cmdlet.WriteWarning($"When '{SafeText.Escape(path)}' was written, {CmdletText.Of(loss)}");
        }
    }

    private static AlertReader? Open(Cmdlet cmdlet, string path, CancellationToken cancellation)
    {
        try
        {
            return AlertFile.OpenInterruptible(path, cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (CaptureException error) when (error.Kind == DropMonErrorKind.Conflict)
        {
            // To go on would be to let the end of this pipeline overwrite what could not be read.
            cmdlet.ThrowTerminatingError(error.ToErrorRecord(path));
            throw;
        }
        catch (CaptureException error)
        {
            cmdlet.WriteError(error.ToErrorRecord(path));
            return null;
        }
    }

    private static bool TryRead(Cmdlet cmdlet, AlertReader reader, [NotNullWhen(true)] out DropAlert? alert)
    {
        while (true)
        {
            try
            {
                return reader.TryRead(out alert);
            }
            catch (OperationCanceledException)
            {
                throw new PipelineStoppedException();
            }
            catch (CaptureException error)
            {
                // A reader that cannot go on says so at the next call, by returning false.
                cmdlet.WriteError(error.ToErrorRecord(reader.Path));
            }
        }
    }
}
