using System.Text.RegularExpressions;

namespace DropMon.Cli;

/// <summary>Errors and notes of the engine name options as the cmdlets spell them, <c>-QueueLength</c>; here they are <c>--queue-length</c>.</summary>
internal static partial class OptionNames
{
    /// <summary>The text with options as this command spells them.</summary>
    public static string OfCommand(string text) => CmdletOption().Replace(text, option => "-" + Capital().Replace(option.Value[1..], letter => "-" + letter.Value.ToLowerInvariant()));

    [GeneratedRegex(@"(?<![\w-])-(?:[A-Z][a-z]+)+\b")]
    private static partial Regex CmdletOption();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
