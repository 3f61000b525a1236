using System.CommandLine;
using DropMon.Sessions.Measurement;

namespace DropMon.Cli.Top;

/// <summary><c>dropmon top</c>: binds the options and runs the session.</summary>
internal sealed class TopCommand
{
    private readonly Option<DropGroupKey[]> _by = GroupOption.Create();
    private readonly Option<double?> _interval = CheckedOption.Seconds(
        "--interval", "-i", "Refresh after this many seconds.", CheckedOption.LongestWait);
    private readonly Option<double?> _duration = CheckedOption.Seconds("--duration", "-d", "End after this many seconds.");
    private readonly CommandContext _context;
    private readonly SourceOptions _source;

    private TopCommand(CommandContext context)
    {
        _context = context;
        _source = new SourceOptions(context.Catalog);
    }

    public static Command Create(CommandContext context) => new TopCommand(context).Create();

    private Command Create()
    {
        var command = new Command(
            "top",
            "Shows live where most packets are dropped. On a terminal the table is redrawn in place; elsewhere one table follows another.")
        {
            _by, _interval, _duration,
        };
        _source.AddTo(command);
        _interval.DefaultValueFactory = _ => 1;
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        double? seconds = parsed.GetValue(_duration);
        using Stream output = _context.OpenOutput();
        using var meter = DropMeter.Start(_source.Read(parsed), new DropMeterOptions { By = parsed.GetValue(_by) ?? [] }, _context.Catalog);
        using ITopView view = StandardOutput.IsScreen ? new ScreenView(output) : new PlainView(output);
        using var session = new TopSession(
            meter, view, TimeSpan.FromSeconds(parsed.GetValue(_interval)!.Value), seconds is { } s ? TimeSpan.FromSeconds(s) : null);
        return session.Run();
    }
}
