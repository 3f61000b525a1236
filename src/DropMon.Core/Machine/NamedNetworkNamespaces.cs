using DropMon.Native;

namespace DropMon.Machine;

/// <summary>The network namespaces that have a name, as <c>ip netns</c> gives it: a mount each below /run/netns.</summary>
internal static class NamedNetworkNamespaces
{
    private const string Mounts = "/run/netns";

    /// <summary>
    /// The names, as they are on disk, with the inode number of each; empty where there are none, or not for this caller.
    /// </summary>
    public static IReadOnlyList<(string Name, ulong Inode)> Read()
    {
        using SafeFileDescriptor folder = ControlGroupHandle.OpenFolder(Mounts);
        if (folder.IsInvalid)
        {
            return [];
        }

        var named = new List<(string, ulong)>();
        foreach (string path in Entries())
        {
            string name = Path.GetFileName(path);
            if (FileStatus.OfEntry(folder, name) is { } status)
            {
                named.Add((name, status.Inode));
            }
        }

        return named;
    }

    private static string[] Entries()
    {
        try
        {
            return Directory.GetFileSystemEntries(Mounts);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
