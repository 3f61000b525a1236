using System.CommandLine;
using DropMon.Monitoring.Measurement;

namespace DropMon.Cli.Top;

/// <summary><c>dropmon top</c>: binds the options and runs the session.</summary>
internal static class TopCommand
{
    private static readonly Option<DropGroupKey[]> By = GroupOption.Create();
    private static readonly Option<double> Interval = new("--interval", "-i") { Description = "Look anew after so many seconds.", DefaultValueFactory = _ => 1, HelpName = "seconds" };
    private static readonly Option<double?> Duration = new("--duration", "-d") { Description = "End after so many seconds.", HelpName = "seconds" };
    private static readonly SourceOptions Source = new();

    public static Command Create()
    {
        var command = new Command("top", "Shows where most packets are dropped, live: in place on a terminal, one table after the other elsewhere.")
        {
            By, Interval, Duration,
        };
        Source.AddTo(command);
        Interval.Validators.Add(result => OptionBounds.MustBeAbove(result, result.GetValue(Interval), 0));
        Duration.Validators.Add(result => OptionBounds.MustBeAbove(result, result.GetValue(Duration), 0));
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        double? seconds = parsed.GetValue(Duration);
        using Stream output = StandardOutput.Open();
        using var meter = DropMeter.Start(Source.Read(parsed), new DropMeterOptions { By = parsed.GetValue(By) ?? [] });
        using ITopView view = StandardOutput.IsScreen ? new ScreenView(output) : new PlainView(output);
        using var session = new TopSession(meter, view, TimeSpan.FromSeconds(parsed.GetValue(Interval)), seconds is { } s ? TimeSpan.FromSeconds(s) : null);
        return session.Run();
    }
}
