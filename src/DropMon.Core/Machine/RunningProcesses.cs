namespace DropMon.Machine;

/// <summary>What /proc says of all processes; one that ends meanwhile, or is not for this caller, is left out.</summary>
internal static class RunningProcesses
{
    private const string Root = "/proc";
    private const string NamespaceStart = "net:[";

    /// <summary>The names of processes as the kernel has them.</summary>
    public static IEnumerable<string> Names() => Read(folder => File.ReadAllText(Path.Combine(folder, "comm")).TrimEnd('\n'));

    /// <summary>The inode numbers of the network namespaces that processes are in.</summary>
    public static IEnumerable<string> NetworkNamespaces() =>
        Read(folder => new FileInfo(Path.Combine(folder, "ns", "net")).LinkTarget)
            .Where(link => link.StartsWith(NamespaceStart, StringComparison.Ordinal))
            .Select(link => link[NamespaceStart.Length..^1])
            .Distinct();

    private static IEnumerable<string> Read(Func<string, string?> read)
    {
        foreach (string folder in Directory.EnumerateDirectories(Root).Where(folder => char.IsAsciiDigit(folder[Root.Length + 1])))
        {
            string? text = null;
            try
            {
                text = read(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It has ended.
            }

            if (text is not null)
            {
                yield return text;
            }
        }
    }
}
