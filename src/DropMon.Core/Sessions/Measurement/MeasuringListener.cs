using System.Diagnostics;
using DropMon.Filters;
using DropMon.Machine.ControlGroups;
using DropMon.Packets;
using DropMon.Sources;

namespace DropMon.Sessions.Measurement;

/// <summary>
/// Counts drops where they arrive. No object is made for a drop: what its group depends on makes a key of plain numbers, and a
/// group is looked up by the key, or not even that while drops keep coming from one place. For the source's thread.
/// </summary>
internal sealed class MeasuringListener : SessionListener, IMeasuringListener
{
    // Keys are more than groups: two places in one function, or a thousand processes of one name.
    private const int MostKeys = 100_000;

    private readonly Dictionary<Key, Cell> _cells = [];
    private readonly Dictionary<DropSite, SiteCount> _sites = [];
    private Key _lastKey;
    private Cell? _lastCell;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly ManualResetEventSlim _end = new();
    private readonly RawDropNames _names;
    private readonly GroupLabeler _labeler;
    private readonly bool _usesMoreThanPlace;
    private readonly DropTally _tally;
    private readonly RateThreshold? _threshold;
    private long _total;
    private long _seenByThreshold;
    private long _endedAt;

    public MeasuringListener(DropSession session, DropFilter filter, DropMeterOptions options, RawDropNames names)
        : base(session, filter)
    {
        _names = names;
        _labeler = new GroupLabeler(options.By);
        _usesMoreThanPlace = _labeler.UsesContext;
        _tally = new DropTally(_labeler.Keys, DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks);
        _threshold = options.MinPerSecond is { } rate ? new RateThreshold(rate) : null;
    }

    public long Total => Interlocked.Read(ref _total);

    public bool IsRateReached => _threshold is { IsReached: true };

    public TimeSpan Elapsed =>
        Interlocked.Read(ref _endedAt) is > 0 and long end
            ? Stopwatch.GetElapsedTime(_startedAt, end)
            : Stopwatch.GetElapsedTime(_startedAt);

    public DropMonitorStatus GetStatus() => Session.Describe(GetLedger());

    public DropLedger GetLedger() => ReadLedger();

    public IReadOnlyList<DropMeasurement> Read()
    {
        Session.Flush();
        return _tally.Snapshot(_tally.Origin, Elapsed, GetLedger());
    }

    public bool WaitForEnd(TimeSpan timeout) => _end.Wait(timeout);

    public void Dispose() => Session.Leave(this);

    public override void EndBatch(bool processesChanged)
    {
        if (processesChanged && _labeler.UsesProcessName)
        {
            // A number may be another process by now.
            Forget();
        }

        if (_threshold is null)
        {
            return;
        }

        _threshold.Add(_total - _seenByThreshold, Environment.TickCount64);
        _seenByThreshold = _total;
        if (_threshold.IsReached)
        {
            _end.Set();
        }
    }

    public override void Complete()
    {
        Interlocked.CompareExchange(ref _endedAt, Stopwatch.GetTimestamp(), 0);
        _end.Set();
    }

    protected override void Take(in RawDrop drop, DropSite site, ref DropAlert? alert)
    {
        // Storms come from one place: where nothing else makes a group, the place is all that there is to compare.
        if (_lastCell is null || _usesMoreThanPlace || !ReferenceEquals(site, _lastKey.Site))
        {
            Key key = KeyOf(in drop, site);
            if (_lastCell is null || key != _lastKey)
            {
                _lastCell = Find(key);
                _lastKey = key;
            }
        }

        _total = SaturatingCount.Add(_total, drop.Count);
        _lastCell.Site.Count = SaturatingCount.Add(_lastCell.Site.Count, drop.Count);
        _lastCell.Group.Add(drop.Count, drop.UnixNanoseconds / TimeSpan.NanosecondsPerTick, _tally.Origin);
    }

    // Nothing is locked: the source's thread is done with this by then.
    public IReadOnlyDictionary<DropSite, long> CountBySite() => _sites.ToDictionary(pair => pair.Key, pair => pair.Value.Count);

    private Key KeyOf(in RawDrop drop, DropSite site)
    {
        string? interfaceName = _labeler.UsesInterface ? _names.InterfaceName(in drop) : null;
        int protocol = -1;
        if (_labeler.UsesProtocol)
        {
            PacketPeek peek = PacketPeek.At(drop.Payload, drop.HasEtherType ? drop.EtherType : null);
            protocol = ((peek.EtherType ?? -1) << 9) | (peek.Protocol ?? 0x100);
        }

        return new Key(
            site, interfaceName, protocol,
            _labeler.UsesProcess && drop.HasContext ? drop.ProcessId : -1,
            _labeler.UsesCpu && drop.HasContext ? drop.Cpu : -1,
            _labeler.UsesNamespace ? drop.NetworkNamespace : 0,
            _labeler.UsesControlGroup ? drop.ControlGroup : 0);
    }

    private Cell Find(in Key key)
    {
        if (_cells.TryGetValue(key, out Cell? cell))
        {
            return cell;
        }

        if (_cells.Count >= MostKeys)
        {
            Forget();
        }

        ControlGroup? group = _names.ControlGroup(key.ControlGroup);
        var context = new DropContext
        {
            NetworkNamespace = key.Namespace > 0 ? key.Namespace : null,
            NetworkNamespaceName = _names.NetworkNamespaceName(key.Namespace),
            Unit = group?.Unit,
            Container = _names.Container(key.ControlGroup, key.Namespace),
            InterfaceName = key.InterfaceName,
            Protocol = ProtocolText(key.Protocol),
            ProcessId = key.ProcessId >= 0 ? key.ProcessId : null,
            ProcessName = _labeler.UsesProcessName && key.ProcessId >= 0 ? _names.ProcessName(key.ProcessId) : null,
            Cpu = key.Cpu >= 0 ? key.Cpu : null,
        };
        if (!_sites.TryGetValue(key.Site, out SiteCount? site))
        {
            _sites.Add(key.Site, site = new SiteCount());
        }

        cell = new Cell(_tally.Find(_labeler.Label(key.Site, in context), key.Site), site);
        _cells.Add(key, cell);
        return cell;
    }

    private void Forget()
    {
        _cells.Clear();
        _lastCell = null;
    }

    private static string? ProtocolText(int protocol)
    {
        int etherType = protocol >> 9;
        int number = protocol & 0x1ff;
        return ProtocolName.Of(etherType >= 0 ? (ushort)etherType : null, number <= byte.MaxValue ? (byte)number : null);
    }

    private readonly record struct Key(
        DropSite Site, string? InterfaceName, int Protocol, int ProcessId, int Cpu, uint Namespace, ulong ControlGroup);

    private sealed record Cell(DropGroup Group, SiteCount Site);

    private sealed class SiteCount
    {
        public long Count;
    }
}
