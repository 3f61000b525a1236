using System.CommandLine;
using DropMon.Sessions.Measurement;

namespace DropMon.Cli.Top;

/// <summary><c>dropmon top</c>: binds the options and runs the session.</summary>
internal static class TopCommand
{
    private static readonly Option<DropGroupKey[]> By = GroupOption.Create();
    private static readonly Option<double?> Interval = CheckedOption.Seconds("--interval", "-i", "Look anew after so many seconds.", CheckedOption.LongestWait);
    private static readonly Option<double?> Duration = CheckedOption.Seconds("--duration", "-d", "End after so many seconds.");
    private static readonly SourceOptions Source = new();

    public static Command Create()
    {
        var command = new Command("top", "Shows where most packets are dropped, live: in place on a terminal, one table after the other elsewhere.")
        {
            By, Interval, Duration,
        };
        Source.AddTo(command);
        Interval.DefaultValueFactory = _ => 1;
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        double? seconds = parsed.GetValue(Duration);
        using Stream output = StandardOutput.Open();
        using var meter = DropMeter.Start(Source.Read(parsed), new DropMeterOptions { By = parsed.GetValue(By) ?? [] });
        using ITopView view = StandardOutput.IsScreen ? new ScreenView(output) : new PlainView(output);
        using var session = new TopSession(meter, view, TimeSpan.FromSeconds(parsed.GetValue(Interval)!.Value), seconds is { } s ? TimeSpan.FromSeconds(s) : null);
        return session.Run();
    }
}
