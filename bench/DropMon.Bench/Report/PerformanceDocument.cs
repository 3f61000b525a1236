using System.Globalization;
using System.Text;
using DropMon.Bench.Comparisons;
using DropMon.Bench.Harness;
using DropMon.Sessions;
using DropMon.Sources.Tracepoint;

namespace DropMon.Bench.Report;

/// <summary>The document: its numbers from a run, its prose from here.</summary>
internal sealed class PerformanceDocument(ResultFile result)
{
    private const string Missing = "not measured";
    private readonly StringBuilder _text = new();

    public string Write()
    {
        WriteHead();
        WriteTargets();
        WriteParts();
        WriteGrowth();
        WriteChoice();
        WriteFilter();
        _text.Append(DesignNotes.Text);
        return _text.ToString();
    }

    private void WriteHead()
    {
        MachineDescription machine = result.Machine;
        string guest = result.Measurements.FirstOrDefault(m => m.Machine is not null)?.Machine ?? Missing;
        Line("# Performance");
        Line();
        Line("What watching costs, beside what the peers cost, on the same machine in the same minutes. `bench/run` measures and");
        Line("`bench/report` writes this page from its numbers: edit neither by hand.");
        Line();
        Line("| | |");
        Line("| --- | --- |");
        Line($"| measured | {machine.Date.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}, load average "
            + $"{Number(machine.LoadAtStart)} at the start |");
        Line($"| kernel | {machine.Kernel}; the drop monitor's comparisons in a guest (QEMU TCG) with {guest} |");
        Line($"| machine | {machine.Processor}, {machine.Cpus} CPUs |");
        Line($"| with | {machine.Runtime}, {machine.PowerShell}, {machine.Perf} |");
        Line();
        Line("Ours and the peer's take turns. A ratio is the median of the turns' ratios, with the least and the most of them: what");
        Line("else the machine does hits both neighbours. Numbers of different lines come from different minutes: compare ratios.");
        Line("A turn of a storm warms the program up first; what it used until then is start-up: it is left out and reported.");
        Line();
    }

    private void WriteTargets()
    {
        Line("## Beside the peers");
        Line();
        Line("| what | ours | peer | ratio | target | |");
        Line("| --- | ---: | ---: | ---: | ---: | --- |");
        foreach (Measurement m in result.Measurements.Where(m => m.Goal != Goal.None))
        {
            string target = $"{(m.Goal == Goal.AtMost ? "≤" : "≥")} {Number(m.Target)}";
            Line($"| `{m.Name}`: {Cell(m.What)} | {Number(m.OursMedian)} {m.Unit} | {Number(m.TheirsMedian)} {m.Unit} ({Cell(m.Peer)}) | "
                + $"{Number(m.Ratio)} ({Number(m.Least)}..{Number(m.Most)}) | {target} | "
                    + $"{(m.IsReached == true ? "reached" : "**missed**")} |");
        }

        Line();
        foreach (Measurement m in result.Measurements.Where(m => m.Note is not null && m.Goal != Goal.None))
        {
            Line($"- `{m.Name}`: {m.Note}");
        }

        Line();
    }

    private void WriteParts()
    {
        Line("## The parts");
        Line();
        Line("By BenchmarkDotNet, one thread, warm.");
        Line();
        Line("| operation | time | |");
        Line("| --- | ---: | --- |");
        foreach (Measurement m in result.Measurements.Where(m => m.Name.StartsWith("micro-", StringComparison.Ordinal)))
        {
            Line($"| {Cell(m.What)} | {Number(m.OursMedian)} ns | {m.Note} |");
        }

        Line();
    }

    private void WriteGrowth()
    {
        Line("## How cost grows");
        Line();
        Line("With the rate of drops: linearly, once a look at the rings finds many (one look in 10 ms while there are drops, none while "
            + "there are");
        Line("none). The first drop after a silence wakes the reader at once.");
        Line();
        Line("| drops a second | as objects | counted in groups |");
        Line("| ---: | ---: | ---: |");
        foreach (Measurement m in result.Measurements.Where(m => m.Name.StartsWith(Growth.RatePrefix, StringComparison.Ordinal)))
        {
            Line($"| {int.Parse(m.Name.AsSpan(Growth.RatePrefix.Length), CultureInfo.InvariantCulture):N0} | {Number(m.OursMedian)} % of "
                + $"a CPU | {Number(m.TheirsMedian)} % of a CPU |");
        }

        Line();
        Line("With CPUs: a dropping CPU pays for its own drops and shares nothing with the others; one thread reads all rings. Rings");
        Line("are memory of the kernel's, bounded however many CPUs there are:");
        Line();
        Line("| CPUs | ring of each | all rings |");
        Line("| ---: | ---: | ---: |");
        var options = new TracepointOptions();
        foreach (int cpus in new[] { 2, 8, 32, 128, 512 })
        {
            double ring = options.RingSizeFor(cpus) / 1048576.0;
            Line($"| {cpus} | {Number(ring)} MB | {Number(ring * cpus)} MB |");
        }

        Line();
        WriteRings();
        Line($"With distinct sites: an object takes {Of("micro-buildobject-sites-1")} ns where all drops come from one place, and "
            + $"{Of("micro-buildobject-sites-1000")} ns where they come from a");
        Line("thousand in turn; a place is resolved and classified once.");
        Line();
        Line("With hours: memory does not grow. After the first half of a steady minute or two it was "
            + $"{Of("growth-memory", theirs: true)} MB, after the second {Of("growth-memory")} MB.");
        Line($"The queue between source and reader is what can: it holds {DropMonitorOptions.DefaultQueueCapacity:N0} alerts, then turns "
            + "away and counts.");
        Line();
    }

    private void WriteRings()
    {
        Measurement[] sizes = [.. result.Measurements.Where(m => m.Name.StartsWith(Designs.LostPrefix, StringComparison.Ordinal))];
        if (sizes.Length == 0)
        {
            return;
        }

        Line("A ring has to hold what is dropped while the reader is held up; a larger one costs memory and nothing else. At full speed "
            + "on this quiet machine, in shorter storms than those above, in which starting weighs more:");
        Line();
        Line("| ring of each CPU | lost, median of the turns (most) | reader's CPU |");
        Line("| ---: | ---: | ---: |");
        foreach (Measurement m in sizes)
        {
            string size = m.Name[Designs.LostPrefix.Length..];
            Line($"| {int.Parse(size, CultureInfo.InvariantCulture):N0} KB | {Number(m.TheirsMedian)} ({Number(m.Theirs.Max())}) | "
                + $"{Of(Designs.CpuPrefix + size, theirs: true)} ns/alert |");
        }

        Line();
    }

    private void WriteChoice()
    {
        double? collecting = Median("tracepoint-cpu");
        double? counting = Median("measure-cpu");
        Line("## What to choose");
        Line();
        if (collecting is not { } objectCost || counting is not { } countCost)
        {
            Line("The storms were not measured in this run.");
            Line();
            return;
        }

        Line($"At full speed an object costs {Number(objectCost)} ns of CPU from the kernel's record on, a count {Number(countCost)} ns. "
            + "One thread reads, so the knee is where");
        Line($"that thread is full: at about {1e9 / objectCost:N0} objects a second or {1e9 / countCost:N0} counts. PowerShell's own "
            + "pipeline is full earlier: it passes");
        Line($"{Of("pipeline-where")} thousand objects a second through `Where-Object`, and what waits longer than the queue holds is "
            + "turned away and counted.");
        Line();
        Line("| drops a second | choose | reader's CPU |");
        Line("| ---: | --- | ---: |");
        Line("| 10,000 | anything: `Watch-NetDrop`, `Get-NetDrop`, `dropmon watch`, objects with stacks too | "
            + $"{Percent(objectCost, 10_000)} as objects |");
        Line("| 100,000 | `Measure-NetDrop` or `dropmon measure` for the picture; objects for seconds at a time, filtered by "
            + $"`-Function`, `-Reason` or `-Protocol`, which reject before an object is made | {Percent(objectCost, 100_000)} as objects, "
                + $"{Percent(countCost, 100_000)} counted |");
        Line("| 1,000,000 | counting only: `Measure-NetDrop`, or the drop monitor's summary mode (`-Mode Summary`), in which the kernel "
            + $"itself counts | {Percent(countCost, 1_000_000)} counted; computed, this machine cannot drop so fast |");
        Line();
    }

    private void WriteFilter()
    {
        if (result.Measurements.FirstOrDefault(m => m.Name == "kernel-filter") is { } filter)
        {
            Line($"A filter in the kernel spares the sender the writing alone: a packet costs it {Number(filter.OursMedian)} ns of CPU "
                + $"where the kernel makes a record and rejects it by its reason, {Number(filter.TheirsMedian)} ns where it writes it "
                    + "(both under perf record).");
            Line();
        }
    }

    private static string Percent(double nanoseconds, int rate) => $"{Number(nanoseconds * rate / 1e9 * 100)} %";

    private double? Median(string name) => result.Measurements.FirstOrDefault(m => m.Name == name)?.OursMedian;

    private string Of(string name, bool theirs = false) =>
        result.Measurements.FirstOrDefault(m => m.Name == name) is { } m ? Number(theirs ? m.TheirsMedian : m.OursMedian) : Missing;

    private static string Number(double value) => Statistics.Text(value);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
