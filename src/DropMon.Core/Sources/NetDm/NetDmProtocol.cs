namespace DropMon.Sources.NetDm;

/// <summary>The drop monitor's commands (NET_DM_CMD_*, include/uapi/linux/net_dropmon.h).</summary>
internal static class NetDmCommand
{
    public const byte Alert = 1;
    public const byte Configure = 2;
    public const byte Start = 3;
    public const byte Stop = 4;
    public const byte PacketAlert = 5;
    public const byte GetConfiguration = 6;
    public const byte Configuration = 7; // NET_DM_CMD_CONFIG_NEW
    public const byte GetStatistics = 8;
    public const byte Statistics = 9; // NET_DM_CMD_STATS_NEW
}

/// <summary>The drop monitor's attributes (enum net_dm_attr).</summary>
internal static class NetDmAttribute
{
    public const ushort AlertMode = 1;
    public const ushort ProgramCounter = 2; // NET_DM_ATTR_PC
    public const ushort Symbol = 3; // NET_DM_MAX_SYMBOL_LEN, 40 bytes
    public const ushort InPort = 4;
    public const ushort Timestamp = 5;
    public const ushort Protocol = 6; // NET_DM_ATTR_PROTO
    public const ushort Payload = 7;
    public const ushort TruncationLength = 9; // NET_DM_ATTR_TRUNC_LEN
    public const ushort OriginalLength = 10; // NET_DM_ATTR_ORIG_LEN
    public const ushort QueueLength = 11; // NET_DM_ATTR_QUEUE_LEN
    public const ushort Statistics = 12; // NET_DM_ATTR_STATS
    public const ushort HardwareStatistics = 13; // NET_DM_ATTR_HW_STATS
    public const ushort Origin = 14;
    public const ushort TrapGroupName = 15; // NET_DM_ATTR_HW_TRAP_GROUP_NAME
    public const ushort TrapName = 16; // NET_DM_ATTR_HW_TRAP_NAME
    public const ushort HardwareEntries = 17; // NET_DM_ATTR_HW_ENTRIES
    public const ushort HardwareEntry = 18; // NET_DM_ATTR_HW_ENTRY
    public const ushort TrapCount = 19; // NET_DM_ATTR_HW_TRAP_COUNT
    public const ushort SoftwareDrops = 20; // NET_DM_ATTR_SW_DROPS
    public const ushort HardwareDrops = 21; // NET_DM_ATTR_HW_DROPS
    public const ushort FlowActionCookie = 22; // Linux 5.7
    public const ushort Reason = 23; // Linux 6.0

    // Nested attributes whose numbering starts at 0.
    public const ushort PortIndex = 0; // NET_DM_ATTR_PORT_NETDEV_IFINDEX
    public const ushort PortName = 1; // NET_DM_ATTR_PORT_NETDEV_NAME
    public const ushort StatisticsDropped = 0; // NET_DM_ATTR_STATS_DROPPED

    /// <summary>The software summary alert travels as one attribute of type 0 (NLA_UNSPEC).</summary>
    public const ushort Summary = 0;
}
