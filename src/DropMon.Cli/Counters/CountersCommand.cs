using System.CommandLine;
using System.IO.Enumeration;
using DropMon.Counters;

namespace DropMon.Cli.Counters;

/// <summary><c>dropmon counters</c>: the kernel's counters once, or what they do in some seconds.</summary>
internal static class CountersCommand
{
    private static readonly Option<string[]> Name = Pattern("--name", "Only counters with these names, e.g. Udp.RcvbufErrors or Listen*.");
    private static readonly Option<string[]> Class = Pattern("--class", "Only counters of these classes, e.g. Udp.");
    private static readonly Option<string[]> Interface = Pattern("--interface", "Only counters that belong to these interfaces.");
    private static readonly Option<bool> NonZero = new("--nonzero") { Description = "Only counters that do not stand at 0; with --delta, only those that moved." };
    private static readonly Option<double?> Delta = new("--delta") { Description = "Read twice, so many seconds apart, and show the change.", HelpName = "seconds" };
    private static readonly Option<bool> Json = new("--json") { Description = "JSON Lines instead of a table." };

    public static Command Create()
    {
        var command = new Command("counters", "Shows every counter of dropped packets that the kernel keeps, and whether it means a drop.")
        {
            Name, Class, Interface, NonZero, Delta, Json,
        };
        Delta.Validators.Add(result =>
        {
            if (result.GetValue(Delta) is not (null or (> 0 and <= 100_000_000)))
            {
                result.AddError("--delta must be above 0.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var filter = new DropCounterFilter
        {
            Name = AnyOf(parsed.GetValue(Name)),
            Class = AnyOf(parsed.GetValue(Class)),
            InterfaceName = AnyOf(parsed.GetValue(Interface)),
            NonZero = parsed.GetValue(NonZero),
        };
        using Stream output = StandardOutput.Open();
        ICounterView view = parsed.GetValue(Json) ? new CounterJsonView(output) : new CounterTableView(output);
        DropCounterSnapshot snapshot = DropCounterSnapshot.Read();
        if (parsed.GetValue(Delta) is { } seconds)
        {
            // A signal ends the wait early: the change so far is shown.
            cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds));
            DropCounterSnapshot later = DropCounterSnapshot.Read();
            Warn(later);
            view.Show(DropCounterComparison.Compare(snapshot.Counters, later.Counters).Where(filter.Matches));
        }
        else
        {
            Warn(snapshot);
            view.Show(snapshot.Counters.Where(filter.Matches));
        }

        return ExitCode.Success;
    }

    private static void Warn(DropCounterSnapshot snapshot)
    {
        foreach (DropCounterWarning warning in snapshot.Warnings)
        {
            Console.Error.WriteLine($"Warning: {SafeText.Escape(warning.ToString())}");
        }
    }

    private static Option<string[]> Pattern(string name, string description) => new(name) { Description = description, HelpName = "pattern", AllowMultipleArgumentsPerToken = true };

    private static Predicate<string>? AnyOf(string[]? patterns) =>
        patterns is not { Length: > 0 } ? null : text => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text));
}
