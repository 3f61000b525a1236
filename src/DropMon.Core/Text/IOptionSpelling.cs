namespace DropMon.Text;

/// <summary>How a front end writes options and commands.</summary>
internal interface IOptionSpelling
{
    /// <summary>
    /// An option as users write it, with its value where there is one. Where this front end has no such option, the text says so.
    /// </summary>
    string Spell(OptionId option, string? value);

    /// <summary>What users run. Where this front end has no such command, the text says so.</summary>
    string Spell(CommandId command);
}
