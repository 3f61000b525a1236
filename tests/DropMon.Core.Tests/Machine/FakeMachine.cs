using System.Net;
using DropMon.Counters.Tables;
using DropMon.Evidence;
using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Netlink;
using DropMon.Tests.Netfilter;

namespace DropMon.Tests.Machine;

/// <summary>A machine whose files and tables a test writes.</summary>
internal sealed class FakeMachine : IMachine, IKernelTables, IEvidenceClock
{
    private readonly List<InetSocket> _sockets = [];
    private readonly List<PacketSocket> _packetSockets = [];
    private readonly List<KernelLink> _interfaces = [];
    private readonly List<QueueDiscipline> _qdiscs = [];
    private string? _problem;
    private readonly Dictionary<string, string> _files = [];
    private readonly Dictionary<string, string> _links = [];
    private readonly Dictionary<IPAddress, RouteReading> _routes = [];
    private readonly List<KernelNeighbour> _neighbours = [];
    private readonly List<KernelMessage> _log = [];
    private Action<FakeMachine>? _later;
    private Func<INetfilterKernel> _netfilter = static () => new ScriptedNetfilter();

    public FakeMachine File(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public FakeMachine Link(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    public FakeMachine Netfilter(ScriptedNetfilter kernel)
    {
        _netfilter = () => kernel;
        return this;
    }

    /// <summary>What happens while DropMon waits for counters to rise.</summary>
    public FakeMachine Later(Action<FakeMachine> change)
    {
        _later = change;
        return this;
    }

    public FakeMachine Logs(TimeSpan ago, string text)
    {
        _log.Add(new KernelMessage(DateTimeOffset.UtcNow - ago, text));
        return this;
    }

    public TimeSpan Now { get; private set; }

    public void Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        Now += time;
        _later?.Invoke(this);
    }

    public IReadOnlyList<KernelMessage>? ReadKernelLog(CancellationToken cancellationToken) => _log;

    public string? ReadFile(string path, CancellationToken cancellationToken = default) => _files.GetValueOrDefault(path);

    public string? ReadLink(string path) => _links.GetValueOrDefault(path);

    public IReadOnlyList<string> ListDirectory(string path) =>
    [
        .. _files.Keys.Concat(_links.Keys)
            .Where(file => file.StartsWith(path + "/", StringComparison.Ordinal))
            .Select(file => file[(path.Length + 1)..].Split('/')[0])
            .Distinct(),
    ];

    public FakeMachine Route(string destination, int device, string? gateway = null)
    {
        _routes[IPAddress.Parse(destination)] = new RouteReading(
            new KernelRoute(device, gateway is null ? null : IPAddress.Parse(gateway), 1, 254), false, null);
        return this;
    }

    public FakeMachine NoRoute(string destination, bool isMissing)
    {
        _routes[IPAddress.Parse(destination)] = new RouteReading(null, isMissing, "The kernel answered with an error.");
        return this;
    }

    public FakeMachine Neighbour(string address, int device, ushort state)
    {
        _neighbours.Add(new KernelNeighbour(device, IPAddress.Parse(address), state));
        return this;
    }

    /// <summary>A machine whose tables the kernel refuses to show.</summary>
    public FakeMachine Refuses(string problem)
    {
        _problem = problem;
        _netfilter = () => new ScriptedNetfilter { Error = new NetlinkException(problem, 13, null) };
        return this;
    }

    public FakeMachine With(params InetSocket[] sockets)
    {
        _sockets.AddRange(sockets);
        return this;
    }

    public FakeMachine With(params PacketSocket[] sockets)
    {
        _packetSockets.AddRange(sockets);
        return this;
    }

    public FakeMachine With(params KernelLink[] links)
    {
        _interfaces.AddRange(links);
        return this;
    }

    public FakeMachine With(params QueueDiscipline[] qdiscs)
    {
        _qdiscs.RemoveAll(qdisc => Array.Exists(qdiscs, later => later.Name == qdisc.Name));
        _qdiscs.AddRange(qdiscs);
        return this;
    }

    public TableReading<InetSocket> Sockets(InetProtocol protocol)
    {
        string name = protocol.ToString().ToLowerInvariant();
        return Reading(_sockets.Where(socket => socket.Protocol.StartsWith(name, StringComparison.Ordinal)), $"sock_diag {name}");
    }

    public TableReading<PacketSocket> PacketSockets() => Reading(_packetSockets, PacketSocketTable.Source);

    public TableReading<KernelLink> Links() => Reading(_interfaces, LinkTable.Source);

    public TableReading<QueueDiscipline> Qdiscs() => Reading(_qdiscs, QdiscTable.Source);

    public TableReading<KernelNeighbour> Neighbours() => Reading(_neighbours, NeighbourTable.Source);

    public RouteReading Route(IPAddress destination) => _problem is null && _routes.TryGetValue(destination, out RouteReading? reading)
        ? reading
        : new RouteReading(null, false, _problem ?? "The kernel did not say.");

    /// <summary>The probes that the product has, on this machine.</summary>
    public EvidenceCollector Collector() => EvidenceCollector.Create(this, tables: this, netfilter: () => _netfilter(), clock: this);

    /// <summary>All that is found for the query, by the probes that the product has.</summary>
    public List<DropEvidence> Collect(EvidenceQuery query) => [.. Collector().Collect(query)];

    private TableReading<T> Reading<T>(IEnumerable<T> rows, string source) => new(_problem is null ? [.. rows] : [], source, _problem);
}
