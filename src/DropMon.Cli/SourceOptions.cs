using System.CommandLine;
using DropMon.Packets;
using DropMon.Sessions;

namespace DropMon.Cli;

/// <summary>The options that say where to hear of drops, and which drops are wanted.</summary>
internal sealed class SourceOptions
{
    private readonly Option<DropSourceChoice?> _source = CheckedOption.Choice<DropSourceChoice>("--source", "Where to hear of drops.");
    private readonly Option<DropAlertMode?> _mode = CheckedOption.Choice<DropAlertMode>("--mode", "Every packet, or counts per place each second (NetDm).");
    private readonly Option<bool> _hardware = new("--hardware") { Description = "Also drops that devices report (NetDm)." };
    private readonly Option<bool> _force = new("--force") { Description = "Take over a drop monitor that somebody else turned on." };
    private readonly Option<int?> _queueLength = CheckedOption.Whole("--queue-length", null, "Alerts that each CPU may queue in the kernel (NetDm).", "alerts", least: 1);
    private readonly FilterOptions _filter = new();

    public SourceOptions()
    {
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
        Source = parsed.GetValue(_source) ?? DropSourceChoice.Auto,
        Mode = parsed.GetValue(_mode)!.Value,
        Hardware = parsed.GetValue(_hardware),
        Force = parsed.GetValue(_force),
        QueueLength = parsed.GetValue(_queueLength)!.Value,
        Filter = _filter.Read(parsed),
    };
}
