using DropMon.Logging;

namespace DropMon.Cli;

/// <summary>Messages for people, beside the output.</summary>
internal static class StandardError
{
    /// <summary>Writes a note.</summary>
    public static void Note(string sentence) => Write("Note", sentence);

    /// <summary>Writes a warning.</summary>
    public static void Warn(string sentence) => Write("Warning", sentence);

    /// <summary>Writes what the engine logs; from any thread.</summary>
    public static void Log(LogLine line) => Write("Log", line.Text);

    private static void Write(string kind, string sentence) => Console.Error.WriteLine($"{kind}: {CommandSpelling.Of(sentence)}");
}
