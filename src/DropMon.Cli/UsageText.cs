using System.CommandLine;
using DropMon.Text;

namespace DropMon.Cli;

/// <summary>Puts what is wrong with a command line on standard error, a line each, and where to read what would be right.</summary>
internal static class UsageText
{
    /// <returns>The exit code for it.</returns>
    public static int Report(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = command is RootCommand ? "dropmon" : $"dropmon {command.Name}";
        IEnumerable<string> errors = parsed switch
        {
            // What nothing takes may bring further errors along, which go with it.
            { UnmatchedTokens: [_, ..] unknown } => unknown.Select(token => Unknown(command, name, token)),
            _ when command.Subcommands.Count > 0 => [$"A command is missing. {CommandsOf(command)}"],
            _ => parsed.Errors.Select(error => error.Message),
        };
        foreach (string error in errors)
        {
            Console.Error.WriteLine($"dropmon: {SafeText.Escape(error)}");
        }

        Console.Error.WriteLine($"Fix: {name} --help");
        return ExitCode.Usage;
    }

    private static string Unknown(Command command, string name, string token)
    {
        if (!token.StartsWith('-'))
        {
            return command.Subcommands.Count > 0
                ? $"'{token}' is not a command. {CommandsOf(command)}"
                : $"{name} takes no argument '{token}'.";
        }

        string? similar = SimilarNames.To(token, command.Options.Select(option => option.Name)).FirstOrDefault();
        return $"{name} has no option '{token}'.{(similar is null ? "" : $" Did you mean {similar}?")}";
    }

    private static string CommandsOf(Command command) =>
        $"The commands are {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}.";
}
