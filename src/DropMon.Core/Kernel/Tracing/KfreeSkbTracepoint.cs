using DropMon.Native;

namespace DropMon.Kernel.Tracing;

/// <summary>Reads how the running kernel describes skb:kfree_skb.</summary>
internal static class KfreeSkbTracepoint
{
    private const string FormatFile = "events/skb/kfree_skb/format";

    /// <summary>The record's layout. Mounts tracefs where that is needed and allowed.</summary>
    /// <exception cref="KernelFeatureMissingException">There is no such tracepoint.</exception>
    /// <exception cref="PrivilegeException">It is not for this caller.</exception>
    public static TracepointFormat ReadFormat()
    {
        string path = Path.Combine(TraceFs.Find(), FormatFile);
        try
        {
            return TracepointFormat.Parse(File.ReadAllText(path));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new PrivilegeException($"Reading {path} was refused.", "CAP_DAC_READ_SEARCH", error);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            if (KernelLockdown.Level == KernelLockdown.Confidentiality)
            {
                throw new KernelFeatureMissingException(
                    "TracepointLockedDown",
                    $"The kernel was booted with lockdown=confidentiality, so tracefs is empty: {path} does not exist, not even for root.",
                    "Use a source that needs no tracefs, such as the drop monitor; or boot with lockdown=integrity.",
                    error);
            }

            throw new KernelFeatureMissingException(
                "TracepointMissing",
                $"This kernel has no tracepoint skb:kfree_skb: {path} does not exist.",
                "Use a kernel built with CONFIG_NET and CONFIG_TRACEPOINTS.",
                error);
        }
    }

    /// <summary>The core reasons that the format file names; none where it cannot be read. Changes nothing.</summary>
    public static IReadOnlyDictionary<uint, string> TryReadReasonNames()
    {
        try
        {
            if (TraceFs.FindMounted() is { } folder)
            {
                return TracepointFormat.Parse(File.ReadAllText(Path.Combine(folder, FormatFile))).Symbols("reason");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TracepointFormatException)
        {
            // Not for this caller, or no such tracepoint.
        }

        return new Dictionary<uint, string>();
    }
}
