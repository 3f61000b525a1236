using System.Runtime.InteropServices;
using DropMon.Netlink;
using DropMon.Netlink.Generic;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>Packets that devices dropped or could not handle, for each devlink trap of a device that has traps.</summary>
internal sealed class DevlinkTrapSource(Func<NetlinkConnection> generic) : IDropCounterSource
{
    private const byte GetTrap = 61; // DEVLINK_CMD_TRAP_GET
    private const ushort BusName = 1; // DEVLINK_ATTR_BUS_NAME
    private const ushort DeviceName = 2; // DEVLINK_ATTR_DEV_NAME
    private const ushort Statistics = 129; // DEVLINK_ATTR_STATS
    private const ushort TrapName = 130; // DEVLINK_ATTR_TRAP_NAME
    private const ushort TrapType = 132; // DEVLINK_ATTR_TRAP_TYPE
    private const ushort Trapped = 0; // DEVLINK_ATTR_STATS_RX_PACKETS
    private const ushort Dropped = 2; // DEVLINK_ATTR_STATS_RX_DROPPED, Linux 5.16
    private const byte ControlTrap = 2; // DEVLINK_TRAP_TYPE_CONTROL: packets that the CPU wants

    public string Name => "devlink traps";

    public IEnumerable<CounterReading> Read()
    {
        var readings = new List<CounterReading>();
        NetlinkConnection connection = generic();
        if (GenericNetlinkController.Resolve(connection, "devlink") is { } family)
        {
            NetlinkRequest request = new NetlinkRequest(family.Id, NetlinkFlags.Dump, "Reading the devices' traps")
                .AddHeader(new GenericNetlinkHeader(GetTrap, 1));
            try
            {
                connection.Execute(request, (_, payload) => Decode(payload, readings));
            }
            catch (NetlinkException error) when (error.Errno == Native.Errno.EOPNOTSUPP)
            {
                // Kernels before 5.4 have devlink without traps.
            }
        }

        return readings;
    }

    internal static void Decode(ReadOnlySpan<byte> payload, List<CounterReading> readings)
    {
        if (!GenericNetlinkHeader.TryRead(payload, out _, out ReadOnlySpan<byte> attributes))
        {
            throw new NetlinkFormatException("The kernel's description of a trap is too short.");
        }

        string bus = "";
        string device = "";
        string trap = "";
        byte type = ControlTrap;
        long packets = 0;
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case BusName:
                    bus = SafeText.Escape(reader.ReadText());
                    break;
                case DeviceName:
                    device = SafeText.Escape(reader.ReadText());
                    break;
                case TrapName:
                    trap = SafeText.Escape(reader.ReadText());
                    break;
                case TrapType:
                    type = reader.ReadByte();
                    break;
                case Statistics:
                    packets = Sum(reader.Nested());
                    break;
            }
        }

        if (trap.Length > 0 && type != ControlTrap)
        {
            readings.Add(new CounterReading(new CounterName("Trap", trap), packets) { Instance = $"{bus}/{device}" });
        }
    }

    private static long Sum(AttributeReader statistics)
    {
        long packets = 0;
        while (statistics.MoveNext())
        {
            if (statistics.Type is Trapped or Dropped && MemoryMarshal.TryRead(statistics.Value, out long count))
            {
                packets += count;
            }
        }

        return packets;
    }
}
