using System.Reflection;
using System.Runtime.InteropServices;

namespace DropMon.Files;

/// <summary>The first record of a file of alerts: who wrote it, where, and by which version of the schema.</summary>
public sealed record AlertFileHeader
{
    /// <summary>The name of the schema.</summary>
    public const string SchemaName = "DropMon.DropAlert";

    /// <summary>
    /// The version of the schema that this DropMon writes. It rises when a reader of the former version would
    /// misunderstand a file; a new property alone does not raise it, since readers skip what they do not know.
    /// </summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the schema that the file was written by.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The computer that wrote the file. Its alerts that name no computer happened there.</summary>
    public string? ComputerName { get; init; }

    /// <summary>The release of the kernel that dropped the packets, as <c>uname -r</c> prints it.</summary>
    public string? KernelRelease { get; init; }

    /// <summary>The machine's architecture, as <c>uname -m</c> names it.</summary>
    public string? Architecture { get; init; }

    /// <summary>The source that the alerts came from; null where they are of several.</summary>
    public string? Source { get; init; }

    /// <summary>The program that wrote the file, with its version.</summary>
    public string? Writer { get; init; }

    /// <summary>When writing began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The header for a file that this machine begins to write now.</summary>
    /// <param name="source">The source of the alerts; null where they are of several.</param>
    public static AlertFileHeader ForThisMachine(string? source = null) => new()
    {
        ComputerName = Environment.MachineName,
        KernelRelease = ReadKernelRelease(),
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "x86_64",
            System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
            var other => other.ToString().ToLowerInvariant(),
        },
        Source = source,
        Writer = $"DropMon {OwnVersion()}",
        Started = DateTimeOffset.Now,
    };

    private static string? ReadKernelRelease()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sandbox may hide /proc/sys; the file is then simply silent about the release.
            return null;
        }
    }

    private static string? OwnVersion() =>
        typeof(AlertFileHeader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
