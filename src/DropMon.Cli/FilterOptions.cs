using System.CommandLine;
using DropMon.Filters;
using DropMon.Model.Fields;
using DropMon.Sources;

namespace DropMon.Cli;

/// <summary>The options that say which drops are wanted.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _reason = PatternOption.Create("--reason", "Only drops for these reasons, e.g. NO_SOCKET or TCP_*.");
    private readonly Option<string[]> _function = PatternOption.Create("--function", "Only drops in these kernel functions.");
    private readonly Option<string[]> _class = PatternOption.OfClasses("Only drops of these classes, e.g. Udp.");
    private readonly Option<string[]> _interface;
    private readonly Option<string[]> _protocol = PatternOption.Create("--protocol", "Only packets of these protocols, e.g. IPv4 or TCP.");
    private readonly Option<DropSignificance[]> _significance = CheckedOption.Choices<DropSignificance>(
        "--significance", null, "Only drops of this significance");

    public FilterOptions(SourceCatalog catalog)
    {
        IEnumerable<string> able = catalog.Sources
            .Where(source => source.ContentIn(DropAlertMode.Packet).HasFlag(DropContent.Interface))
            .Select(source => source.Name);
        _interface = PatternOption.Create(
            "--interface", $"Only packets received on these interfaces ({string.Join(", ", able)}).", "--interface-name");
    }

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
        return DropFilter.None
            .With(FilterField.Reason, PatternOption.Split(parsed.GetValue(_reason)))
            .With(FilterField.Function, PatternOption.Split(parsed.GetValue(_function)))
            .With(FilterField.Class, PatternOption.Given(parsed.GetValue(_class)))
            .With(FilterField.Significance, significance.Length == 0 ? null : Array.ConvertAll(significance, value => value.ToString()))
            .With(FilterField.InterfaceName, PatternOption.Given(parsed.GetValue(_interface)))
            .With(FilterField.Protocol, PatternOption.Split(parsed.GetValue(_protocol)));
    }
}
