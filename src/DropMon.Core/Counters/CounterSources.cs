using DropMon.Counters.Sources;
using DropMon.Counters.Tables;
using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Netlink;

namespace DropMon.Counters;

/// <summary>Every source that DropMon knows, for one reading: what several of them need is asked for once.</summary>
internal sealed class CounterSources : IDisposable
{
    private readonly Dictionary<int, NetlinkConnection> _connections = [];
    private NetfilterKernel? _netfilter;

    private CounterSources(IMachine machine)
    {
        var links = new LinkTable(Route);
        var processes = new SocketProcesses(machine);
        All =
        [
            new MibTableSource(machine, "snmp"),
            new MibTableSource(machine, "netstat"),
            new MibListSource(machine, "snmp6", isOptional: true),
            new DeviceMibSource(machine),
            new MibListSource(machine, "sctp/snmp", isOptional: true),
            new MibListSource(machine, "xfrm_stat", isOptional: true),
            new SoftnetSource(machine),
            new LinkSource(links),
            new EthtoolSource(links),
            new QdiscSource(new QdiscTable(Route), links),
            new InetSocketSource(new InetSocketTable(machine, Diagnostics, InetProtocol.Udp), processes, InetProtocol.Udp),
            new InetSocketSource(new InetSocketTable(machine, Diagnostics, InetProtocol.Tcp), processes, InetProtocol.Tcp),
            new InetSocketSource(new InetSocketTable(machine, Diagnostics, InetProtocol.Raw), processes, InetProtocol.Raw),
            new PacketSocketSource(new PacketSocketTable(Diagnostics), processes),
            new NetlinkSocketSource(machine, processes),
            new NeighbourSource(machine, Route),
            new FragmentQueueSource(machine),
            new ConntrackSource(machine, Netfilter),
            new NftablesSource(Netfilter),
            new IptablesSource(machine, Netfilter),
            new DevlinkTrapSource(Generic),
        ];
    }

    public IReadOnlyList<IDropCounterSource> All { get; }

    public static CounterSources OfThisMachine() => new(new LocalMachine());

    public void Dispose()
    {
        foreach (NetlinkConnection connection in _connections.Values)
        {
            connection.Dispose();
        }

        _netfilter?.Dispose();
    }

    private NetlinkConnection Route() => Connect(NetlinkSocket.Route);

    private NetlinkConnection Diagnostics() => Connect(NetlinkSocket.SocketDiagnostics);

    private NetfilterKernel Netfilter() => _netfilter ??= new NetfilterKernel();

    private NetlinkConnection Generic() => Connect(NetlinkSocket.Generic);

    // Opened where it is first needed, so that what cannot be opened is that source's warning.
    private NetlinkConnection Connect(int protocol)
    {
        if (!_connections.TryGetValue(protocol, out NetlinkConnection? connection))
        {
            _connections.Add(protocol, connection = NetlinkConnection.Open(protocol));
        }

        return connection;
    }
}
