using System.CommandLine;
using DropMon.Sessions;

namespace DropMon.Cli.Watch;

/// <summary><c>dropmon watch</c>: binds the options and runs the session.</summary>
internal static class WatchCommand
{
    // A newcomer's demonstration ends by itself.
    private const double DemoSeconds = 3;

    private static readonly Option<double?> Duration = CheckedOption.Seconds("--duration", "-d", "End after so many seconds.");
    private static readonly Option<long?> Count = CheckedOption.Whole("--count", "-n", "End after so many alerts.", "alerts", least: 1L);
    private static readonly Option<bool> StackTrace = new("--stack-trace") { Description = "Record the kernel stack of each drop (Tracepoint)." };
    private static readonly Option<int?> Truncation = CheckedOption.Whole("--truncation-length", null, "Bytes of each packet to report, 0 for all (NetDm).", "bytes", least: 0);
    private static readonly Option<int?> Capacity = CheckedOption.Whole("--capacity", null, "Alerts that may wait where the output is slower than the drops.", "alerts", least: 1);
    private static readonly Option<bool> Json = new("--json") { Description = "JSON Lines instead of a table." };
    private static readonly Option<bool> Demo = new("--demo") { Description = $"Send a few datagrams to closed loopback ports, so that there is something to see; ends after {DemoSeconds} seconds unless told otherwise." };
    private static readonly SourceOptions Source = new();

    public static Command Create()
    {
        var command = new Command("watch", "Shows drops as they happen.")
        {
            Duration, Count, StackTrace, Truncation, Capacity, Json, Demo,
        };
        Source.AddTo(command);
        Truncation.DefaultValueFactory = _ => new DropMonitorOptions().TruncationLength;
        Capacity.DefaultValueFactory = _ => DropMonitorOptions.DefaultQueueCapacity;
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        bool demo = parsed.GetValue(Demo);
        long? count = parsed.GetValue(Count);
        double? seconds = parsed.GetValue(Duration) ?? (demo && count is null ? DemoSeconds : null);
        DropMonitorOptions options = Source.Read(parsed) with
        {
            StackTrace = parsed.GetValue(StackTrace),
            TruncationLength = parsed.GetValue(Truncation)!.Value,
            Capacity = parsed.GetValue(Capacity)!.Value,
        };
        // First, since the kernel's symbols are read meanwhile.
        using DropWatch watch = DropWatch.Start(options, seconds is { } s ? TimeSpan.FromSeconds(s) : null, count);
        if (options.StackTrace && !parsed.GetValue(Json))
        {
            StandardError.Note("The table has no room for stack traces: --json has them.");
        }

        using Stream output = StandardOutput.Open();
        using IAlertView view = parsed.GetValue(Json) ? new JsonView(output) : new TableView(output);
        using DemoTraffic? traffic = demo ? DemoTraffic.Start() : null;
        return new WatchSession(watch, view).Run();
    }
}
