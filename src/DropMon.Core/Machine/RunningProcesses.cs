namespace DropMon.Machine;

/// <summary>What /proc says of all processes; one that ends meanwhile, or is not for this caller, is left out.</summary>
internal static class RunningProcesses
{
    private const string Root = "/proc";

    /// <summary>The folder of each process.</summary>
    public static IEnumerable<string> Folders() =>
        (Read(Root, Directory.GetDirectories) ?? []).Where(folder => char.IsAsciiDigit(folder[Root.Length + 1]));

    /// <summary>The names of processes as the kernel has them.</summary>
    public static IEnumerable<string> Names() =>
        Folders().Select(folder => Read(folder, path => File.ReadAllText(path + "/comm").TrimEnd('\n'))).OfType<string>();

    /// <summary>The inode numbers of the network namespaces that processes are in.</summary>
    public static IEnumerable<ulong> NetworkNamespaces() => Folders().Select(NetworkNamespace).OfType<ulong>().Distinct();

    /// <summary>The inode number of the network namespace that a process is in; null where it is not to be read.</summary>
    public static ulong? NetworkNamespace(string folder) =>
        OwnNetworkNamespace.Parse(Read(folder, path => new FileInfo(path + "/ns/net").LinkTarget));

    private static T? Read<T>(string path, Func<string, T?> read)
        where T : class
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended, or it is another user's.
            return null;
        }
    }
}
