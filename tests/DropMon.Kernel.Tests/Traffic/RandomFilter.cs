using System.Net;
using DropMon.Filters;
using DropMon.KernelTests.Causes;

namespace DropMon.KernelTests.Traffic;

/// <summary>Filters of random conditions, of which some want some of <see cref="FilterTraffic"/>.</summary>
/// <param name="seed">Makes them the same each time.</param>
/// <param name="asksForReasons">Whether some ask for reasons: a kernel without reasons refuses that.</param>
/// <param name="namespaces">The network namespaces that some ask for.</param>
internal sealed class RandomFilter(int seed, bool asksForReasons, string[] namespaces)
{
    private static readonly string[] Names = ["b0", "B0", "a0", "lo", "b*", "eth0", "an-interface-15", "sixteen-letters!", "é"];
    private static readonly string[] Protocols = ["UDP", "TCP", "IPv4", "IPv6", "ARP", "ICMP*", "0x88b5", "0x88*", "IP-253", "*", "802.1Q"];
    private static readonly string[] Addresses =
    [
        NamespacePair.SenderAddress, NamespacePair.ReceiverAddress, "10.0.0.0/8", "10.77.0.3", "0.0.0.0/0", "192.0.2.0/24",
        NamespacePair.ReceiverAddress6, "fd77::/64", "fd78::/17", "::/0", "fd77::1/127",
    ];
    private static readonly string[] Ports = ["9", "53", "40000", "1-8", "9-53", "54-65535", "0-65535", "100-200", "65535"];
    private static readonly string[] Reasons = ["NO_SOCKET", "*", "TCP_*", "UNHANDLED_PROTO", "NOT_SPECIFIED", "*CSUM*", "IP_*"];

    private readonly Random _random = new(seed);

    /// <summary>A filter of up to three conditions.</summary>
    /// <param name="values">The most values of a condition.</param>
    public DropFilter Next(int values)
    {
        DropFilter filter = DropFilter.None;
        FilterField[] fields = [.. Enum.GetValues<FilterField>().Where(field => asksForReasons || field != FilterField.Reason)];
        for (int conditions = _random.Next(1, 4); conditions > 0; conditions--)
        {
            FilterField field = fields[_random.Next(fields.Length)];
            filter = filter.With(field, [.. Enumerable.Range(0, _random.Next(1, values + 1)).Select(_ => Value(field))]);
        }

        return filter;
    }

    /// <summary>As many values of each condition as a program takes.</summary>
    public DropFilter Longest()
    {
        const int Most = 64;
        FilterField[] addresses = [FilterField.Address, FilterField.SourceAddress, FilterField.DestinationAddress];
        FilterField[] ports = [FilterField.Port, FilterField.SourcePort, FilterField.DestinationPort];
        DropFilter filter = DropFilter.None
            .With(FilterField.ProcessName, [.. Enumerable.Range(0, Most).Select(i => $"process-{i}")])
            .With(FilterField.InterfaceName, [.. Enumerable.Range(0, Most).Select(i => $"interface-{i}")])
            .With(FilterField.NetworkNamespace, [.. Enumerable.Range(1, Most).Select(i => $"{i}")])
            .With(FilterField.Protocol, [.. Enumerable.Range(0, Most).Select(i => $"IP-{(i * 2) + 100}")]);
        filter = addresses.Aggregate(filter, (all, field) => all.With(field, [.. Enumerable.Range(0, Most).Select(_ => RandomAddress())]));
        return ports.Aggregate(filter, (all, field) => all.With(field, [.. Enumerable.Range(0, Most).Select(i => $"{(i * 3) + 1}")]));
    }

    private string Value(FilterField field) => field switch
    {
        FilterField.Reason => One(Reasons),
        FilterField.Function => One("udp*", "*"),
        FilterField.Class => One(Enum.GetNames<DropClass>()),
        FilterField.Significance => One(Enum.GetNames<DropSignificance>()),
        FilterField.InterfaceName => One(Names),
        FilterField.Protocol => One(Protocols),
        FilterField.NetworkNamespace => One(namespaces),
        FilterField.ProcessName => One("dotnet", ".NET*", "network namespa", "NETWORK NAMESPA", "ksoftirqd/0", "swapper/0"),
        FilterField.Unit or FilterField.Container => One("*", "*.service", "none"),
        FilterField.Port or FilterField.SourcePort or FilterField.DestinationPort => One(Ports),
        _ => _random.Next(4) == 0 ? RandomAddress() : One(Addresses),
    };

    private string One(params string[] values) => values[_random.Next(values.Length)];

    private string RandomAddress()
    {
        byte[] bytes = new byte[_random.Next(2) == 0 ? 4 : 16];
        _random.NextBytes(bytes);
        return $"{new IPAddress(bytes)}/{_random.Next((bytes.Length * 8) + 1)}";
    }
}
