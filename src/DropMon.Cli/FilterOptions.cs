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

    private readonly Option<string[]> _process;
    private readonly Option<string[]> _unit;
    private readonly Option<string[]> _container;
    private readonly FilterValueOption[] _values;

    public FilterOptions(SourceCatalog catalog)
    {
        _interface = PatternOption.Create(
            "--interface", $"Only packets received on these interfaces ({Able(DropContent.Interface)}).", "--interface-name");
        _process = PatternOption.Create(
            "--process-name", $"Only drops in the context of these processes ({Able(DropContent.Process)}).");
        string owner = Able(DropContent.ControlGroup);
        _unit = PatternOption.Create("--unit", $"Only packets of sockets in these systemd units ({owner}).");
        _container = PatternOption.Create("--container", $"Only packets of these containers ({owner}).");
        string bytes = Able(DropContent.Packet);
        _values =
        [
            new(FilterField.Address, "--address", "address", $"Only packets from or to these addresses or networks ({bytes})."),
            new(FilterField.SourceAddress, "--source-address", "address", $"Only packets from these addresses or networks ({bytes})."),
            new(FilterField.DestinationAddress, "--destination-address", "address",
                $"Only packets to these addresses or networks ({bytes})."),
            new(FilterField.Port, "--port", "port", $"Only packets from or to these ports, e.g. 53 or 8000-8999 ({bytes})."),
            new(FilterField.SourcePort, "--source-port", "port", $"Only packets from these ports ({bytes})."),
            new(FilterField.DestinationPort, "--destination-port", "port", $"Only packets to these ports ({bytes})."),
            new(FilterField.NetworkNamespace, "--network-namespace", "namespace",
                $"Only drops in these network namespaces, by name or inode number ({Able(DropContent.NetworkNamespace)})."),
        ];

        string Able(DropContent content) => string.Join(", ", catalog.Sources
            .Where(source => source.ContentIn(DropAlertMode.Packet).HasFlag(content))
            .Select(source => source.Name));
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_reason, _function, _class, _interface, _protocol, _significance, _process, _unit, _container])
        {
            command.Add(option);
        }

        foreach (FilterValueOption value in _values)
        {
            command.Add(value.Option);
        }
    }

    public DropFilter Read(ParseResult parsed)
    {
        DropSignificance[] significance = parsed.GetValue(_significance) ?? [];
        DropFilter filter = DropFilter.None
            .With(FilterField.Reason, PatternOption.Split(parsed.GetValue(_reason)))
            .With(FilterField.Function, PatternOption.Split(parsed.GetValue(_function)))
            .With(FilterField.Class, PatternOption.Given(parsed.GetValue(_class)))
            .With(FilterField.Significance, significance.Length == 0 ? null : Array.ConvertAll(significance, value => value.ToString()))
            .With(FilterField.InterfaceName, PatternOption.Given(parsed.GetValue(_interface)))
            .With(FilterField.Protocol, PatternOption.Split(parsed.GetValue(_protocol)))
            .With(FilterField.ProcessName, PatternOption.Given(parsed.GetValue(_process)))
            .With(FilterField.Unit, PatternOption.Given(parsed.GetValue(_unit)))
            .With(FilterField.Container, PatternOption.Given(parsed.GetValue(_container)));
        return _values.Aggregate(filter, (all, value) => value.AddTo(all, parsed));
    }
}
