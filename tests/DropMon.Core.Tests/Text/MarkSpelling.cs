using DropMon.Text;

namespace DropMon.Tests.Text;

/// <summary>A front end that is none of DropMon's.</summary>
internal sealed class MarkSpelling : IOptionSpelling
{
    public string Spell(OptionId option, string? value) => value is null ? $"/{option.Name}" : $"/{option.Name}={value}";

    public string Spell(CommandId command) => $"run {command.Name}";
}
