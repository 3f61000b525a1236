using System.CommandLine;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Cli;

/// <summary>The options that say where to hear of drops, and which drops are wanted.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string> _source;
    private readonly Option<DropAlertMode?> _mode;
    private readonly Option<bool> _hardware;
    private readonly Option<bool> _force = new("--force") { Description = "Take over a drop monitor that another process enabled." };
    private readonly Option<int?> _queueLength;
    private readonly FilterOptions _filter;

    public SourceOptions(SourceCatalog catalog)
    {
        _source = CheckedOption.Name("--source", "Which source reports the drops", catalog.Names);
        _mode = CheckedOption.Choice<DropAlertMode>(
            "--mode", $"Report every packet, or counts per place once a second ({catalog.NamesFor(OptionId.Mode)}).");
        _hardware = new Option<bool>("--hardware")
        {
            Description = $"Include drops that devices report ({catalog.NamesFor(OptionId.Hardware)})."
        };
        string queue = $"Alerts that each CPU queues in the kernel at most ({catalog.NamesFor(OptionId.QueueLength)}).";
        _queueLength = CheckedOption.Whole("--queue-length", null, queue, "alerts", least: 1);
        _filter = new FilterOptions(catalog);
        _mode.DefaultValueFactory = _ => DropAlertMode.Packet;
        _queueLength.DefaultValueFactory = _ => new DropMonitorOptions().QueueLength;
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_source, _mode, _hardware, _force, _queueLength])
        {
            command.Add(option);
        }

        _filter.AddTo(command);
    }

    public DropMonitorOptions Read(ParseResult parsed) => new()
    {
        Source = parsed.GetValue(_source)!,
        Mode = parsed.GetValue(_mode)!.Value,
        Hardware = parsed.GetValue(_hardware),
        Force = parsed.GetValue(_force),
        QueueLength = parsed.GetValue(_queueLength)!.Value,
        Filter = _filter.Read(parsed),
    };
}
