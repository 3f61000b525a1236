using System.CommandLine;
using DropMon.Evidence;

namespace DropMon.Cli.Reasons;

/// <summary><c>dropmon reasons</c>: a list of the drop reasons.</summary>
internal static class ReasonsCommand
{
    private static readonly Argument<string?> Name = new("name")
    {
        Description = "Only reasons with this name; * and ? are wildcards.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "name",
        CompletionSources = { _ => ReasonNames.All() },
    };

    private static readonly Option<DropClass?> Class = CheckedOption.Choice<DropClass>(
        "--class", "Only reasons of this class, e.g. Udp.", "class");
    private static readonly Option<string?> Subsystem = new("--subsystem")
    {
        Description = "Only reasons that this subsystem defines, e.g. core or openvswitch.",
        HelpName = "pattern"
    };
    private static readonly Option<bool> Json = new("--json") { Description = "JSON Lines, one reason per line." };

    public static Command Create()
    {
        var command = new Command(
            "reasons", "Lists the drop reasons that DropMon and the running kernel know.") { Name, Class, Subsystem, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        IReadOnlyList<DropReasonInfo> found = ReasonInquiry
            .OfThisMachine()
            .Find(parsed.GetValue(Name), parsed.GetValue(Class), parsed.GetValue(Subsystem));
        if (found.Count == 0)
        {
            Console.Error.WriteLine("No reason matches.");
        }

        using Stream output = StandardOutput.Open();
        foreach (DropReasonInfo reason in found)
        {
            output.Write(parsed.GetValue(Json) ? ReasonJson.Line(reason) : ReasonText.Line(reason));
        }

        return ExitCode.Success;
    }
}
