using System.CommandLine;
using System.CommandLine.Parsing;
using DropMon.Monitoring;
using DropMon.NetDm;

namespace DropMon.Cli;

/// <summary>The options that say where to hear of drops, and which drops are wanted.</summary>
internal sealed class SourceOptions
{
    private readonly Option<DropSourceChoice> _source = new("--source") { Description = "Where to hear of drops." };
    private readonly Option<DropAlertMode> _mode = new("--mode") { Description = "Every packet, or counts per place each second (NetDm).", DefaultValueFactory = _ => DropAlertMode.Packet };
    private readonly Option<bool> _hardware = new("--hardware") { Description = "Also drops that devices report (NetDm)." };
    private readonly Option<bool> _force = new("--force") { Description = "Take over a drop monitor that somebody else turned on." };
    private readonly Option<int> _queueLength = new("--queue-length") { Description = "Alerts that each CPU may queue in the kernel (NetDm).", DefaultValueFactory = _ => new DropMonitorOptions().QueueLength, HelpName = "alerts" };
    private readonly FilterOptions _filter = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_source, _mode, _hardware, _force, _queueLength])
        {
            command.Add(option);
        }

        _queueLength.Validators.Add(result => OptionBounds.MustBeAbove(result, result.GetValue(_queueLength), 0));
        _filter.AddTo(command);
    }

    public DropMonitorOptions Read(ParseResult parsed) => new()
    {
        Source = parsed.GetValue(_source),
        Mode = parsed.GetValue(_mode),
        Hardware = parsed.GetValue(_hardware),
        Force = parsed.GetValue(_force),
        QueueLength = parsed.GetValue(_queueLength),
        Filter = _filter.Read(parsed),
    };
}
