using System.CommandLine;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Cli.Watch;

/// <summary><c>dropmon watch</c>: binds the options and runs the session.</summary>
internal sealed class WatchCommand
{
    // A newcomer's demonstration ends by itself.
    private const double DemoSeconds = 3;

    private readonly Option<double?> _duration = CheckedOption.Seconds("--duration", "-d", "End after this many seconds.");
    private readonly Option<long?> _count = CheckedOption.Whole("--count", "-n", "End after this many alerts.", "alerts", least: 1L);
    private readonly Option<bool> _stackTrace;
    private readonly Option<int?> _truncation;
    private readonly Option<int?> _capacity = CheckedOption.Whole(
        "--capacity", null, "Alerts to buffer when the output is slower than the drops.", "alerts", least: 1);
    private readonly Option<bool> _json = new("--json") { Description = "JSON Lines instead of a table." };
    private readonly Option<bool> _demo = new("--demo")
    {
        Description =
            $"Send a few datagrams to closed loopback ports, to show what drops look like; ends after {DemoSeconds} seconds without " +
            "--duration or --count."
    };
    private readonly CommandContext _context;
    private readonly SourceOptions _source;

    private WatchCommand(CommandContext context)
    {
        SourceCatalog catalog = context.Catalog;
        _context = context;
        _source = new SourceOptions(catalog);
        _stackTrace = new Option<bool>("--stack-trace")
        {
            Description = $"Record the kernel stack of each drop ({catalog.NamesFor(OptionId.StackTrace)})."
        };
        string truncation = $"Bytes of each packet to report, 0 for all ({catalog.NamesFor(OptionId.TruncationLength)}).";
        _truncation = CheckedOption.Whole("--truncation-length", null, truncation, "bytes", least: 0);
    }

    public static Command Create(CommandContext context) => new WatchCommand(context).Create();

    private Command Create()
    {
        var command = new Command("watch", "Shows drops as they happen.")
        {
            _duration, _count, _stackTrace, _truncation, _capacity, _json, _demo,
        };
        _source.AddTo(command);
        _truncation.DefaultValueFactory = _ => new DropMonitorOptions().TruncationLength;
        _capacity.DefaultValueFactory = _ => DropMonitorOptions.DefaultQueueCapacity;
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        bool demo = parsed.GetValue(_demo);
        long? count = parsed.GetValue(_count);
        double? seconds = parsed.GetValue(_duration) ?? (demo && count is null ? DemoSeconds : null);
        DropMonitorOptions options = _source.Read(parsed) with
        {
            StackTrace = parsed.GetValue(_stackTrace),
            TruncationLength = parsed.GetValue(_truncation)!.Value,
            Capacity = parsed.GetValue(_capacity)!.Value,
        };
        // First, since the kernel's symbols are read meanwhile.
        using DropWatch watch = DropWatch.Start(options, seconds is { } s ? TimeSpan.FromSeconds(s) : null, count, _context.Catalog);
        if (options.StackTrace && !parsed.GetValue(_json))
        {
            StandardError.Note("The table has no room for stack traces: use --json.");
        }

        using Stream output = _context.OpenOutput();
        using IAlertView view = parsed.GetValue(_json) ? new JsonView(output) : new TableView(output);
        using DemoTraffic? traffic = demo ? DemoTraffic.Start() : null;
        return new WatchSession(watch, view).Run();
    }
}
