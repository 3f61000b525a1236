using System.CommandLine;
using System.CommandLine.Parsing;
using DropMon.Monitoring;
using DropMon.NetDm;

namespace DropMon.Cli.Watch;

/// <summary><c>dropmon watch</c>: binds the options and runs the session.</summary>
internal static class WatchCommand
{
    // A newcomer's demonstration ends by itself.
    private const double DemoSeconds = 3;

    private static readonly Option<double?> Duration = new("--duration", "-d") { Description = "End after so many seconds.", HelpName = "seconds" };
    private static readonly Option<long?> Count = new("--count", "-n") { Description = "End after so many alerts.", HelpName = "alerts" };
    private static readonly Option<DropSourceChoice> Source = new("--source") { Description = "Where to hear of drops." };
    private static readonly Option<DropAlertMode> Mode = new("--mode") { Description = "Every packet, or counts per place each second (NetDm).", DefaultValueFactory = _ => DropAlertMode.Packet };
    private static readonly Option<bool> Hardware = new("--hardware") { Description = "Also drops that devices report (NetDm)." };
    private static readonly Option<bool> Force = new("--force") { Description = "Take over a drop monitor that somebody else turned on." };
    private static readonly Option<bool> StackTrace = new("--stack-trace") { Description = "Record the kernel stack of each drop (Tracepoint)." };
    private static readonly Option<int> Truncation = new("--truncation-length") { Description = "Bytes of each packet to report, 0 for all (NetDm).", DefaultValueFactory = _ => new DropMonitorOptions().TruncationLength, HelpName = "bytes" };
    private static readonly Option<int> QueueLength = new("--queue-length") { Description = "Alerts that each CPU may queue in the kernel (NetDm).", DefaultValueFactory = _ => new DropMonitorOptions().QueueLength, HelpName = "alerts" };
    private static readonly Option<bool> Json = new("--json") { Description = "JSON Lines instead of a table." };
    private static readonly Option<bool> Demo = new("--demo") { Description = $"Send a few datagrams to closed loopback ports, so that there is something to see; ends after {DemoSeconds} seconds unless told otherwise." };
    private static readonly FilterOptions Filter = new();

    public static Command Create()
    {
        var command = new Command("watch", "Shows drops as they happen.")
        {
            Duration, Count, Source, Mode, Hardware, Force, StackTrace, Truncation, QueueLength, Json, Demo,
        };
        Filter.AddTo(command);
        Duration.Validators.Add(result => MustBeAbove(result, result.GetValue(Duration), 0));
        Count.Validators.Add(result => MustBeAbove(result, result.GetValue(Count), 0));
        Truncation.Validators.Add(result => MustBeAbove(result, result.GetValue(Truncation), -1));
        QueueLength.Validators.Add(result => MustBeAbove(result, result.GetValue(QueueLength), 0));
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        bool demo = parsed.GetValue(Demo);
        long? count = parsed.GetValue(Count);
        double? seconds = parsed.GetValue(Duration) ?? (demo && count is null ? DemoSeconds : null);
        var options = new DropMonitorOptions
        {
            Source = parsed.GetValue(Source),
            Mode = parsed.GetValue(Mode),
            Hardware = parsed.GetValue(Hardware),
            Force = parsed.GetValue(Force),
            StackTrace = parsed.GetValue(StackTrace),
            TruncationLength = parsed.GetValue(Truncation),
            QueueLength = parsed.GetValue(QueueLength),
            Filter = Filter.Read(parsed),
        };
        using Stream output = StandardOutput.Open();
        using IAlertView view = parsed.GetValue(Json) ? new JsonView(output) : new TableView(output);
        using DropWatch watch = DropWatch.Start(options, seconds is { } s ? TimeSpan.FromSeconds(s) : null, count);
        using DemoTraffic? traffic = demo ? DemoTraffic.Start() : null;
        return new WatchSession(watch, view).Run();
    }

    private static void MustBeAbove(OptionResult result, double? value, double bound)
    {
        if (value <= bound)
        {
            result.AddError($"{result.IdentifierToken?.Value} must be above {bound}.");
        }
    }
}
