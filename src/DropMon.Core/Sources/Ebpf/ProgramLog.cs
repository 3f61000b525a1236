using System.Diagnostics.Tracing;
using DropMon.Logging;

namespace DropMon.Sources.Ebpf;

/// <summary>Writes programs and the verifier's words to the log, a line at a time: for who searches for a fault.</summary>
internal static class ProgramLog
{
    // The verifier says last what it refuses; the way there may be long.
    private const int MostVerifierLines = 200;

    /// <summary>Whether anybody reads it.</summary>
    public static bool IsRead => DropMonEvents.Log.IsEnabled(EventLevel.Verbose, EventKeywords.None);

    /// <summary>Writes a program.</summary>
    /// <param name="listing">An instruction or label a line.</param>
    public static void List(string listing)
    {
        foreach (string line in Lines(listing))
        {
            DropMonEvents.Log.ProgramLine(line);
        }
    }

    /// <summary>Writes the end of what the verifier said of a program that it refused.</summary>
    public static void Refused(string verifierLog)
    {
        if (!IsRead)
        {
            return;
        }

        foreach (string line in Lines(verifierLog).TakeLast(MostVerifierLines))
        {
            DropMonEvents.Log.VerifierLine(SafeText.Escape(line));
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
