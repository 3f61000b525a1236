using System.Globalization;

namespace DropMon.Machine;

/// <summary>The network namespace that the calling thread is in.</summary>
internal static class OwnNetworkNamespace
{
    /// <summary>Where the kernel shows it, as <c>net:[4026531840]</c>.</summary>
    public const string Path = "/proc/thread-self/ns/net";

    /// <summary>Its inode number; null where /proc does not show it.</summary>
    public static ulong? ReadInode()
    {
        try
        {
            return Parse(new FileInfo(Path).LinkTarget);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The number in a link's text; null where it is no link to a network namespace.</summary>
    public static ulong? Parse(string? link) =>
        link is not null && link.StartsWith("net:[", StringComparison.Ordinal) && link.EndsWith(']')
        && ulong.TryParse(link.AsSpan(5, link.Length - 6), NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            ? inode
            : null;
}
