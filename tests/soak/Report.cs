using System.Globalization;
using System.Text;

namespace DropMon.Soak;

/// <summary>Writes a run's figures into the documentation, in place of those of an earlier run with the same source.</summary>
internal static class Report
{
    private const int Rows = 12;

    public static string Text(Options options, IReadOnlyList<Sample> samples, long sent, Verdict verdict)
    {
        var text = new StringBuilder();
        string kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Linux {kernel}, source {options.Source}, {options.Minutes:0.#} minutes at {options.Rate} drops a second, " +
            $"{DateTime.UtcNow:yyyy-MM-dd}:");
        text.AppendLine();
        text.AppendLine("| minute | resident memory | descriptors | threads | CPU | sent | delivered |");
        text.AppendLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (Sample sample in Thin(samples))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {sample.At.TotalMinutes:0.0} | {sample.ResidentBytes / 1048576.0:0.0} MiB | {sample.Descriptors} | {sample.Threads} " +
                $"| {sample.ProcessorTime.TotalSeconds:0} s | {sample.Sent:n0} | {sample.Received:n0} |");
        }

        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Sent {sent:n0}, delivered {verdict.Delivered:n0}, lost {verdict.Lost:n0}; drops of others filtered out: " +
            $"{verdict.FilteredOut:n0}.");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Median memory early {verdict.EarlyMemory / 1048576.0:0.0} MiB, late {verdict.LateMemory / 1048576.0:0.0} MiB.");
        text.AppendLine(
            verdict.Failures.Count == 0
                ? "Passed: memory flat, no descriptor gained, the ledger exact."
                : $"FAILED: {string.Join("; ", verdict.Failures)}.");
        return text.ToString();
    }

    public static void Write(string path, string source, string text)
    {
        string begin = $"<!-- figures {source}: written by tests/soak -->";
        string end = $"<!-- end of figures {source} -->";
        string document = File.ReadAllText(path);
        int from = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = document.IndexOf(end, StringComparison.Ordinal);
        if (to < from)
        {
            throw new InvalidDataException($"{path} has no place for the figures: {begin} and {end}.");
        }

        File.WriteAllText(path, $"{document[..from]}\n\n{text}\n{document[to..]}");
    }

    private static IEnumerable<Sample> Thin(IReadOnlyList<Sample> samples)
    {
        int step = Math.Max(1, samples.Count / Rows);
        return samples.Where((_, i) => i % step == 0 || i == samples.Count - 1);
    }
}
