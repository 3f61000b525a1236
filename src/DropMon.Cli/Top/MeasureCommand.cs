using System.CommandLine;
using DropMon.Sessions.Measurement;

namespace DropMon.Cli.Top;

/// <summary><c>dropmon measure</c>: counts for a while, then shows one table.</summary>
internal static class MeasureCommand
{
    private const double DefaultSeconds = 5;

    private static readonly Option<DropGroupKey[]> By = GroupOption.Create();
    private static readonly Option<double?> Duration = CheckedOption.Seconds("--duration", "-d", "Count for so many seconds.", CheckedOption.LongestWait);
    private static readonly SourceOptions Source = new();

    public static Command Create()
    {
        var command = new Command("measure", "Counts drops where they arrive and shows how many of which.") { By, Duration };
        Source.AddTo(command);
        Duration.DefaultValueFactory = _ => DefaultSeconds;
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var duration = TimeSpan.FromSeconds(parsed.GetValue(Duration)!.Value);
        using Stream output = StandardOutput.Open();
        using var meter = DropMeter.Start(Source.Read(parsed), new DropMeterOptions { By = parsed.GetValue(By) ?? [] });
        using var view = new MeasureView(output);
        using var session = new TopSession(meter, view, duration, duration);
        return session.Run();
    }
}
