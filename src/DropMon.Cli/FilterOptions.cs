using System.CommandLine;
using System.IO.Enumeration;
using DropMon.Monitoring;

namespace DropMon.Cli;

/// <summary>The options that say which drops are wanted. Patterns take * and ?, and ignore case.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _reason = Pattern("--reason", "Only drops for these reasons, e.g. NO_SOCKET or TCP_*.");
    private readonly Option<string[]> _function = Pattern("--function", "Only drops in these functions of the kernel.");
    private readonly Option<string[]> _class = Pattern("--class", "Only drops of these classes, e.g. Udp.");
    private readonly Option<string[]> _interface = Pattern("--interface", "Only packets that came in by these interfaces (NetDm).");
    private readonly Option<string[]> _protocol = Pattern("--protocol", "Only packets of these protocols, e.g. IPv4 or TCP.");
    private readonly Option<DropSignificance[]> _significance = new("--significance") { Description = "Only drops that matter so much.", AllowMultipleArgumentsPerToken = true };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_reason, _function, _class, _interface, _protocol, _significance])
        {
            command.Add(option);
        }
    }

    public DropFilter Read(ParseResult parsed)
    {
        DropSignificance[] significance = parsed.GetValue(_significance) ?? [];
        return new DropFilter
        {
            Reason = AnyOf(parsed.GetValue(_reason)),
            Function = AnyOf(parsed.GetValue(_function)),
            Class = AnyOf(parsed.GetValue(_class)),
            InterfaceName = AnyOf(parsed.GetValue(_interface)),
            Protocol = AnyOf(parsed.GetValue(_protocol)),
            Significance = significance.Length == 0 ? null : new HashSet<DropSignificance>(significance),
        };
    }

    private static Option<string[]> Pattern(string name, string description) => new(name) { Description = description, HelpName = "pattern", AllowMultipleArgumentsPerToken = true };

    private static Predicate<string>? AnyOf(string[]? patterns) =>
        patterns is not { Length: > 0 } ? null : text => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text));
}
