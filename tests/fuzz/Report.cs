using System.Globalization;
using System.Text;

namespace DropMon.Fuzz;

/// <summary>Says what a run did: lines for people, a table for the documentation.</summary>
internal static class Report
{
    private const string Begin = "<!-- figures: written by tests/fuzz -->";
    private const string End = "<!-- end of figures -->";

    public static void Print(TargetRun run)
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Name,-18} {run.Inputs,13:n0} inputs {PerSecond(run),11:n0}/s {run.Branches,6} branches {run.Kept,5} kept  " +
                $"{(run.Failure is null ? "passed" : "FAILED")}"));
        if (run.Failure is not null)
        {
            Console.WriteLine(run.Failure);
        }
    }

    public static void PrintTotal(List<TargetRun> runs, CommandLine.Options options)
    {
        double seconds = runs.Sum(run => run.Elapsed.TotalSeconds);
        long inputs = runs.Sum(run => run.Inputs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs:n0} inputs in {seconds:n0} s, seed {options.Seed}"));
        if (options.ReportPath is not null)
        {
            Write(options.ReportPath, Table(runs, options, inputs, seconds));
        }

        Console.WriteLine($"{runs.Count(run => run.Failure is null)} passed, {runs.Count(run => run.Failure is not null)} failed");
    }

    private static double PerSecond(TargetRun run) => run.Inputs / Math.Max(run.Elapsed.TotalSeconds, 0.001);

    private static string Table(List<TargetRun> runs, CommandLine.Options options, long inputs, double seconds)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{inputs:n0} inputs in {seconds:n0} s on one core, seed {options.Seed}, {DateTime.UtcNow:yyyy-MM-dd}:");
        text.AppendLine();
        text.AppendLine("| target | inputs | inputs/s | branches reached | inputs kept | failures |");
        text.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (TargetRun run in runs)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {run.Name} | {run.Inputs:n0} | {PerSecond(run):n0} | {run.Branches:n0} | {run.Kept:n0} | " +
                $"{(run.Failure is null ? 0 : 1)} |");
        }

        return text.ToString();
    }

    // The document around the table is written by hand.
    private static void Write(string path, string table)
    {
        string document = File.ReadAllText(path);
        int from = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = document.IndexOf(End, StringComparison.Ordinal);
        if (to < from)
        {
            throw new InvalidDataException($"{path} has no place for the figures: {Begin} and {End}.");
        }

        File.WriteAllText(path, $"{document[..from]}\n\n{table}\n{document[to..]}");
    }
}
