namespace DropMon.Files;

/// <summary>How a file of alerts is opened for writing.</summary>
public sealed record AlertWriteOptions
{
    /// <summary>The format; Auto to go by the file's extension.</summary>
    public AlertFileFormat Format { get; init; }

    /// <summary>Whether to go on behind what is there, rather than to replace it.</summary>
    public bool Append { get; init; }

    /// <summary>Whether to refuse a file that exists.</summary>
    public bool NoClobber { get; init; }

    /// <summary>The header; null for one that describes this machine.</summary>
    public AlertFileHeader? Header { get; init; }
}
