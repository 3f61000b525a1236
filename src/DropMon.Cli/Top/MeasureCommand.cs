using System.CommandLine;
using DropMon.Sessions.Measurement;
using DropMon.Sources;

namespace DropMon.Cli.Top;

/// <summary><c>dropmon measure</c>: counts for a while, then shows one table.</summary>
internal sealed class MeasureCommand
{
    private const double DefaultSeconds = 5;

    private readonly Option<DropGroupKey[]> _by = GroupOption.Create();
    private readonly Option<double?> _duration = CheckedOption.Seconds("--duration", "-d", "Count for so many seconds.", CheckedOption.LongestWait);
    private readonly SourceOptions _source;

    private MeasureCommand(SourceCatalog catalog) => _source = new SourceOptions(catalog);

    public static Command Create(SourceCatalog catalog) => new MeasureCommand(catalog).Create();

    private Command Create()
    {
        var command = new Command("measure", "Counts drops where they arrive and shows how many of which.") { _by, _duration };
        _source.AddTo(command);
        _duration.DefaultValueFactory = _ => DefaultSeconds;
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var duration = TimeSpan.FromSeconds(parsed.GetValue(_duration)!.Value);
        using Stream output = StandardOutput.Open();
        using var meter = DropMeter.Start(_source.Read(parsed), new DropMeterOptions { By = parsed.GetValue(_by) ?? [] }, _source.Catalog);
        using var view = new MeasureView(output);
        using var session = new TopSession(meter, view, duration, duration);
        return session.Run();
    }
}
