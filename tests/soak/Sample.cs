using System.Globalization;

namespace DropMon.Soak;

/// <summary>What the watched process held at one moment.</summary>
/// <param name="At">Since the start.</param>
/// <param name="ResidentBytes">Resident memory (VmRSS).</param>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="ProcessorTime">User and system time so far.</param>
/// <param name="Sent">Packets sent so far.</param>
/// <param name="Received">Alerts received so far.</param>
internal sealed record Sample(
    TimeSpan At, long ResidentBytes, int Descriptors, int Threads, TimeSpan ProcessorTime, long Sent, long Received)
{
    public static Sample Take(System.Diagnostics.Process process, TimeSpan at, long sent, long received)
    {
        process.Refresh();
        string[] status = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status"));
        return new Sample(
            at,
            Field(status, "VmRSS:") * 1024,
            Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/fd")).Length,
            (int)Field(status, "Threads:"),
            process.TotalProcessorTime,
            sent,
            received);
    }

    private static long Field(string[] status, string name) =>
        long.Parse(
            Array.Find(status, line => line.StartsWith(name, StringComparison.Ordinal))![name.Length..]
                .Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);
}
