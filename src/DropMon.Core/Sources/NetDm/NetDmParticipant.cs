using System.Globalization;

namespace DropMon.Sources.NetDm;

/// <summary>One session that uses a drop monitor which DropMon turned on.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="StartTime">That process's start, in clock ticks since boot: tells it from a later one with the same number.</param>
/// <param name="Token">Tells the sessions of one process apart.</param>
/// <param name="ProcessNamespace">The namespace in which the process has that number (/proc/self/ns/pid).</param>
internal sealed record NetDmParticipant(int ProcessId, ulong StartTime, string Token, string ProcessNamespace = "")
{
    private const int StartTimeField = 22; // proc(5), /proc/pid/stat, counted from 1

    public static NetDmParticipant ThisProcess() =>
        new(Environment.ProcessId, ReadStartTime(Environment.ProcessId) ?? 0, Guid.NewGuid().ToString("N"), ReadNamespace());

    /// <summary>Whether that very process still runs. One in another process namespace is not visible and counts as running.</summary>
    public bool IsAlive() => IsElsewhere || ReadStartTime(ProcessId) == StartTime;

    /// <summary>Whether its number means nothing here.</summary>
    public bool IsElsewhere => ProcessNamespace.Length > 0 && ProcessNamespace != ReadNamespace();

    private static string ReadNamespace()
    {
        try
        {
            return File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No /proc of this process.
            return "";
        }
    }

    private static ulong? ReadStartTime(int process)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        }
        catch (IOException)
        {
            // No such process, or it ended while being read.
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }

        // The second field is the name in parentheses and may hold anything, so count from its end.
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int Index = StartTimeField - 3;
        return fields.Length > Index && ulong.TryParse(fields[Index], CultureInfo.InvariantCulture, out ulong time) ? time : null;
    }
}
