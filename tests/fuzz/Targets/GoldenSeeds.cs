namespace DropMon.Fuzz.Targets;

/// <summary>Bytes that real kernels have said, kept for the unit tests.</summary>
internal static class GoldenSeeds
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    /// <summary>The files of a name pattern, of every kernel.</summary>
    public static IEnumerable<byte[]> Named(string pattern) =>
        Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
}
