using DropMon.Native;

namespace DropMon.Cli;

/// <summary>Standard output as bytes.</summary>
internal static class StandardOutput
{
    /// <summary>Whether a person looks on.</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>Columns of the terminal; without a bound elsewhere.</summary>
    public static int Width => IsTerminal ? TerminalSize.Read().Columns : int.MaxValue;

    /// <summary>Whether colours are welcome: on a terminal that knows any, unless NO_COLOR asks for none.</summary>
    public static bool TakesColour => IsScreen && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Whether it can be drawn over in place.</summary>
    public static bool IsScreen => IsTerminal && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";

    /// <summary>The stream. It does not report that the reader of a pipe is gone: see <see cref="PipeHangup"/>.</summary>
    public static Stream Open() => Console.OpenStandardOutput();
}
