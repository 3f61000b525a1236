using System.Runtime.InteropServices;
using DropMon.Netlink;

namespace DropMon.Sources.NetDm;

/// <summary>
/// Walks the drops of NET_DM_CMD_ALERT: the points of the software form (struct net_dm_alert_msg in one attribute of
/// type 0), the nested entries of the hardware form. Neither carries a time.
/// </summary>
internal ref struct SummaryAlertReader
{
    private const int CountSize = sizeof(uint);
    private const int PointSize = 12; // struct net_dm_drop_point: __u8 pc[8], __u32 count

    private ReadOnlySpan<byte> _points;
    private AttributeReader _entries;
    private RawDrop _current;

    public SummaryAlertReader(ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NetDmAttribute.Summary:
                    ReadPoints(reader.Value);
                    break;
                case NetDmAttribute.HardwareEntries:
                    _entries = reader.Nested();
                    break;
            }
        }

        IsMalformed |= reader.IsMalformed;
    }

    /// <summary>Whether anything did not fit its format; what fits is delivered all the same.</summary>
    public bool IsMalformed { get; private set; }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ref readonly RawDrop Current => ref _current;

    public bool MoveNext()
    {
        if (_points.Length >= PointSize)
        {
            _current = new RawDrop
            {
                Address = MemoryMarshal.Read<ulong>(_points),
                Count = MemoryMarshal.Read<uint>(_points[sizeof(ulong)..]),
            };
            _points = _points[PointSize..];
            return true;
        }

        while (_entries.MoveNext())
        {
            if (_entries.Type == NetDmAttribute.HardwareEntry)
            {
                ReadEntry(_entries.Nested());
                return true;
            }
        }

        IsMalformed |= _entries.IsMalformed;
        return false;
    }

    private void ReadPoints(ReadOnlySpan<byte> value)
    {
        if (!MemoryMarshal.TryRead(value, out uint entries))
        {
            IsMalformed = true;
            return;
        }

        ReadOnlySpan<byte> points = value[CountSize..];
        if (entries > (uint)(points.Length / PointSize))
        {
            IsMalformed = true;
            entries = (uint)(points.Length / PointSize);
        }

        _points = points[..((int)entries * PointSize)];
    }

    private void ReadEntry(AttributeReader reader)
    {
        _current = new RawDrop { Origin = DropOrigin.Hardware };
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NetDmAttribute.TrapName:
                    _current.TrapName = reader.ReadTextBytes();
                    break;
                case NetDmAttribute.TrapCount:
                    _current.Count = reader.ReadUInt32();
                    break;
            }
        }

        IsMalformed |= reader.IsMalformed;
    }
}
