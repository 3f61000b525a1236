namespace DropMon.Machine;

/// <summary>The machine as evidence is gathered from it: files of the kernel, and its log.</summary>
internal interface IMachine
{
    /// <summary>
    /// Reads a file under /proc or /sys whole; null where it does not exist, is none of the kernel's, is too large or cannot be read.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    string? ReadFile(string path, CancellationToken cancellationToken = default);

    /// <summary>The names in a directory under /proc or /sys; empty where it does not exist or cannot be read.</summary>
    IReadOnlyList<string> ListDirectory(string path);

    /// <summary>Where a symbolic link points; null where it is none or cannot be read.</summary>
    string? ReadLink(string path);

    /// <summary>The kernel's log, the oldest line first; null where it may not be read.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    IReadOnlyList<KernelMessage>? ReadKernelLog(CancellationToken cancellationToken);
}
