using DropMon.Packets;
using DropMon.Sources;

namespace DropMon.Sessions.Measurement;

/// <summary>
/// Counts drops where they arrive. No object is made for a drop: what its group depends on makes a key of plain numbers, and a
/// group is looked up by the key, or not even that while drops keep coming from one place. For the source's thread.
/// </summary>
internal sealed class MeasuringConsumer(RawDropGate gate, RawDropNames names, GroupLabeler labeler, DropTally tally) : IRawDropConsumer
{
    // Keys are more than groups: two places in one function, or a thousand processes of one name.
    private const int MostKeys = 100_000;

    private readonly Dictionary<Key, Cell> _cells = [];
    private readonly Dictionary<DropSite, SiteCount> _sites = [];
    private Key _lastKey;
    private Cell? _lastCell;
    private long _total;

    /// <summary>Packets counted so far; from any thread.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Consume(in RawDrop drop)
    {
        if (gate.Admit(in drop) is not { } site)
        {
            return;
        }

        Key key = KeyOf(in drop, site);
        if (_lastCell is null || key != _lastKey)
        {
            _lastCell = Find(key);
            _lastKey = key;
        }

        _total = SaturatingCount.Add(_total, drop.Count);
        _lastCell.Site.Count = SaturatingCount.Add(_lastCell.Site.Count, drop.Count);
        _lastCell.Group.Add(drop.Count, drop.UnixNanoseconds / TimeSpan.NanosecondsPerTick, tally.Origin);
    }

    public void EndBatch()
    {
        if (names.Refresh() && labeler.UsesProcessName)
        {
            // A number may be another process by now.
            Forget();
        }
    }

    /// <summary>Packets by site, for when the source has ended: nothing is locked.</summary>
    public IReadOnlyDictionary<DropSite, long> CountBySite() => _sites.ToDictionary(pair => pair.Key, pair => pair.Value.Count);

    private Key KeyOf(in RawDrop drop, DropSite site)
    {
        string? interfaceName = labeler.UsesInterface ? names.InterfaceName(in drop) : null;
        int protocol = -1;
        if (labeler.UsesProtocol)
        {
            PacketPeek peek = PacketPeek.At(drop.Payload, drop.HasEtherType ? drop.EtherType : null);
            protocol = ((peek.EtherType ?? -1) << 9) | (peek.Protocol ?? 0x100);
        }

        return new Key(site, interfaceName, protocol, labeler.UsesProcess && drop.HasContext ? drop.ProcessId : -1, labeler.UsesCpu && drop.HasContext ? drop.Cpu : -1);
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

        var context = new DropContext
        {
            InterfaceName = key.InterfaceName,
            Protocol = ProtocolText(key.Protocol),
            ProcessId = key.ProcessId >= 0 ? key.ProcessId : null,
            ProcessName = labeler.UsesProcessName && key.ProcessId >= 0 ? names.ProcessName(key.ProcessId) : null,
            Cpu = key.Cpu >= 0 ? key.Cpu : null,
        };
        if (!_sites.TryGetValue(key.Site, out SiteCount? site))
        {
            _sites.Add(key.Site, site = new SiteCount());
        }

        cell = new Cell(tally.Find(labeler.Label(key.Site, in context), key.Site), site);
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

    private readonly record struct Key(DropSite Site, string? InterfaceName, int Protocol, int ProcessId, int Cpu);

    private sealed record Cell(DropGroup Group, SiteCount Site);

    private sealed class SiteCount
    {
        public long Count;
    }
}
