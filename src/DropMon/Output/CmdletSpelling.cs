using DropMon.Text;

namespace DropMon.Output;

/// <summary>Options are parameters of cmdlets, and commands are cmdlets.</summary>
internal sealed class CmdletSpelling : IOptionSpelling
{
    // The engine names options as the cmdlets do, whose -Port is that of ssh.
    public string Spell(OptionId option, string? value)
    {
        string name = option == OptionId.Port ? "-PacketPort" : $"-{option.Name}";
        return value is null ? name : $"{name} {value}";
    }

    public string Spell(CommandId command) => command.Name switch
    {
        nameof(CommandId.CompareCounters) => "Compare-NetDropCounter",
        nameof(CommandId.Counters) => "Get-NetDropCounter",
        nameof(CommandId.Doctor) => "Test-DropMonitor",
        nameof(CommandId.DoctorReport) => "Test-DropMonitor | ConvertTo-Json",
        nameof(CommandId.Export) => "Export-NetDrop",
        nameof(CommandId.Measure) => "Measure-NetDrop",
        nameof(CommandId.Program) => "pwsh",
        nameof(CommandId.Reasons) => "Get-NetDropReason",
        nameof(CommandId.Watch) => "Watch-NetDrop",
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
