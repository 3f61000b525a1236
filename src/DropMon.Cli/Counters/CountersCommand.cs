using System.CommandLine;
using DropMon.Counters;
using DropMon.Text;

namespace DropMon.Cli.Counters;

/// <summary><c>dropmon counters</c>: the kernel's counters once, or what they do in some seconds.</summary>
internal static class CountersCommand
{
    private static readonly Option<string[]> Name = PatternOption.Create(
        "--name", "Only counters with these names, e.g. Udp.RcvbufErrors or Listen*.");
    private static readonly Option<string[]> Class = PatternOption.OfClasses("Only counters of these classes, e.g. Udp.");
    private static readonly Option<string[]> Interface = PatternOption.Create(
        "--interface", "Only counters of these interfaces.", "--interface-name");
    private static readonly Option<bool> NonZero = new("--nonzero")
    {
        Description = "Only counters that are not 0; with --delta, only those that changed."
    };
    private static readonly Option<double?> Delta = CheckedOption.Seconds(
        "--delta", null, "Read twice, this many seconds apart, and show the change.", CheckedOption.LongestWait);
    private static readonly Option<bool> Json = new("--json") { Description = "JSON Lines instead of a table." };

    public static Command Create()
    {
        var command = new Command("counters", "Shows every kernel counter of dropped packets, and whether it means a drop.")
        {
            Name, Class, Interface, NonZero, Delta, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var filter = new DropCounterFilter
        {
            Name = NamePatternSet.Parse(PatternOption.Given(parsed.GetValue(Name))),
            Class = NamePatternSet.Parse(PatternOption.Given(parsed.GetValue(Class))),
            InterfaceName = NamePatternSet.Parse(PatternOption.Given(parsed.GetValue(Interface))),
            NonZero = parsed.GetValue(NonZero),
        };
        using Stream output = StandardOutput.Open();
        ICounterView view = parsed.GetValue(Json) ? new CounterJsonView(output) : new CounterTableView(output);
        DropCounterSnapshot snapshot = DropCounterSnapshot.Read();
        if (parsed.GetValue(Delta) is { } seconds)
        {
            using var stop = new ManualResetEventSlim();
            using (new EndingSignals(stop.Set))
            {
                // A signal ends the wait early: the change so far is shown.
                stop.Wait(TimeSpan.FromSeconds(seconds));
            }

            DropCounterSnapshot later = DropCounterSnapshot.Read();
            Warn(later);
            view.Show(DropCounterComparison.Compare(snapshot.Counters, later.Counters).Where(filter.Matches));
            return ReportMissing(parsed, snapshot.Counters.Concat(later.Counters));
        }

        Warn(snapshot);
        view.Show(snapshot.Counters.Where(filter.Matches));
        return ReportMissing(parsed, snapshot.Counters);
    }

    // Names without wildcards that no counter has, reported after the counters.
    private static int ReportMissing(ParseResult parsed, IEnumerable<DropCounter> read)
    {
        var names = new CounterNames(read, CounterKnowledge.Embedded);
        CounterException?[] faults = [.. NamesIn(Name).Select(names.FindFault), .. NamesIn(Interface).Select(names.FindInterfaceFault)];
        return faults.OfType<CounterException>().Aggregate(ExitCode.Success, (_, fault) => ErrorText.Report(fault));

        IEnumerable<string> NamesIn(Option<string[]> option) => NamePatternSet.NamesIn(parsed.GetValue(option) ?? []);
    }

    private static void Warn(DropCounterSnapshot snapshot)
    {
        foreach (DropCounterWarning warning in snapshot.Warnings)
        {
            StandardError.Warn(warning.ToString());
        }
    }
}
