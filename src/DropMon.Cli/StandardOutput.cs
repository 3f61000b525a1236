namespace DropMon.Cli;

/// <summary>Standard output as bytes.</summary>
internal static class StandardOutput
{
    /// <summary>Whether a person looks on.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>The stream. That the reader of a pipe has gone, it does not tell: see <see cref="Native.PipeHangup"/>.</summary>
    public static Stream Open() => Console.OpenStandardOutput();
}
