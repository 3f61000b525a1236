using DropMon.Text;

namespace DropMon.Cli;

/// <summary>Options and commands of the engine's texts as <c>dropmon</c> has them.</summary>
internal sealed class CommandSpelling : IOptionSpelling
{
    /// <summary>What the engine says, with the options of this command.</summary>
    public static string Of(string text) => OptionText.Spell(text, new CommandSpelling());

    /// <summary>The option's name here; null where there is none.</summary>
    public static string? NameOf(OptionId option) => option.Name switch
    {
        nameof(OptionId.Address) => "--address",
        nameof(OptionId.Capacity) => "--capacity",
        nameof(OptionId.Class) => "--class",
        nameof(OptionId.Container) => "--container",
        nameof(OptionId.DestinationAddress) => "--destination-address",
        nameof(OptionId.DestinationPort) => "--destination-port",
        nameof(OptionId.Duration) => "--duration",
        nameof(OptionId.Force) => "--force",
        nameof(OptionId.Function) => "--function",
        nameof(OptionId.Hardware) => "--hardware",
        "InterfaceName" => "--interface",
        nameof(OptionId.Mode) => "--mode",
        nameof(OptionId.NetworkNamespace) => "--network-namespace",
        nameof(OptionId.Port) => "--port",
        nameof(OptionId.ProcessName) => "--process-name",
        nameof(OptionId.Protocol) => "--protocol",
        nameof(OptionId.QueueLength) => "--queue-length",
        nameof(OptionId.Reason) => "--reason",
        nameof(OptionId.Significance) => "--significance",
        nameof(OptionId.Source) => "--source",
        nameof(OptionId.SourceAddress) => "--source-address",
        nameof(OptionId.SourcePort) => "--source-port",
        nameof(OptionId.StackTrace) => "--stack-trace",
        nameof(OptionId.Unit) => "--unit",
        nameof(OptionId.TruncationLength) => "--truncation-length",
        nameof(OptionId.Append) or nameof(OptionId.Format) or nameof(
            OptionId.LiteralPath) or nameof(OptionId.NoClobber) or nameof(OptionId.Path)
            or nameof(OptionId.Quiet) or nameof(OptionId.Timeout) => null,
        _ => throw new ArgumentOutOfRangeException(nameof(option)),
    };

    public string Spell(OptionId option, string? value)
    {
        string name = NameOf(option) ?? $"the module's -{option.Name}";
        return value is null ? name : $"{name} {value}";
    }

    public string Spell(CommandId command) => command.Name switch
    {
        nameof(CommandId.CompareCounters) => "dropmon counters --delta",
        nameof(CommandId.Counters) => "dropmon counters",
        nameof(CommandId.Doctor) => "dropmon doctor",
        nameof(CommandId.DoctorReport) => "dropmon doctor --json",
        nameof(CommandId.Export) => "the module's Export-NetDrop",
        nameof(CommandId.Measure) => "dropmon measure",
        nameof(CommandId.Program) => "dropmon",
        nameof(CommandId.Reasons) => "dropmon reasons",
        nameof(CommandId.Watch) => "dropmon watch",
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
