using System.CommandLine;
using DropMon.Sessions.Measurement;

namespace DropMon.Cli.Top;

/// <summary><c>dropmon measure</c>: counts for a while, then shows one table.</summary>
internal sealed class MeasureCommand
{
    private const double DefaultSeconds = 5;

    private readonly Option<DropGroupKey[]> _by = GroupOption.Create();
    private readonly Option<double?> _duration = CheckedOption.Seconds(
        "--duration", "-d", "Count for this many seconds.", CheckedOption.LongestWait);
    private readonly CommandContext _context;
    private readonly SourceOptions _source;

    private MeasureCommand(CommandContext context)
    {
        _context = context;
        _source = new SourceOptions(context.Catalog);
    }

    public static Command Create(CommandContext context) => new MeasureCommand(context).Create();

    private Command Create()
    {
        var command = new Command("measure", "Counts drops by group instead of showing each one.") { _by, _duration };
        _source.AddTo(command);
        _duration.DefaultValueFactory = _ => DefaultSeconds;
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var duration = TimeSpan.FromSeconds(parsed.GetValue(_duration)!.Value);
        using Stream output = _context.OpenOutput();
        using var meter = DropMeter.Start(_source.Read(parsed), new DropMeterOptions { By = parsed.GetValue(_by) ?? [] }, _context.Catalog);
        using var view = new MeasureView(output);
        using var session = new TopSession(meter, view, duration, duration);
        return session.Run();
    }
}
