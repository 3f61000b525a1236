namespace DropMon.Counters.Tables;

/// <summary>An interface as rtnetlink describes it.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Name">Its name, as the kernel has it.</param>
/// <param name="Kind">What it is (IFLA_INFO_KIND): <c>veth</c>, <c>bridge</c>, ...; null for adapters and loopback.</param>
/// <param name="Statistics">struct rtnl_link_stats64.</param>
internal sealed record KernelLink(int Index, string Name, string? Kind, long[] Statistics)
{
    private const uint Up = 1; // IFF_UP
    private const uint LowerUp = 0x10000; // IFF_LOWER_UP
    private const ushort LoopbackType = 772; // ARPHRD_LOOPBACK

    private static readonly string[] Tunnels =
    [
        "vxlan", "geneve", "gre", "gretap", "ip6gre", "ip6gretap", "erspan", "ip6erspan", "ipip", "sit", "ip6tnl", "vti", "vti6", "xfrm",
        "wireguard", "tun", "bareudp", "gtp", "fou",
    ];

    /// <summary>The name, safe to show.</summary>
    public string SafeName => SafeText.Escape(Name);

    public DropClass Class => Kind switch
    {
        "bridge" => DropClass.Bridge,
        { } kind when Tunnels.Contains(kind) => DropClass.Tunnel,
        _ => DropClass.Device,
    };

    /// <summary>IFF_*.</summary>
    public uint Flags { get; init; }

    public bool IsUp => (Flags & Up) != 0;

    /// <summary>Whether it can send now; the kernel says so only of an interface that is up.</summary>
    public bool HasCarrier => (Flags & LowerUp) != 0;

    /// <summary>The queueing discipline at its root (IFLA_QDISC); null where the kernel does not name it.</summary>
    public string? Qdisc { get; init; }

    /// <summary>What its frames are (ARPHRD_*).</summary>
    public ushort Type { get; init; }

    public bool IsLoopback => Type == LoopbackType;

    /// <summary>Its hardware address (IFLA_ADDRESS); empty where it has none.</summary>
    public byte[] HardwareAddress { get; init; } = [];

    /// <summary>Its hardware address, as packets are shown with it; null where it has none.</summary>
    public string? Address { get; init; }

    /// <summary>The index of the device it is a port or slave of (IFLA_MASTER); 0 where it is none.</summary>
    public int Master { get; init; }

    /// <summary>Whether it is a member of a bond that is not the active one (IFLA_BOND_SLAVE_STATE).</summary>
    public bool IsBackupPort { get; init; }

    /// <summary>The index of the device below it (IFLA_LINK); 0 where there is none.</summary>
    public int Lower { get; init; }

    /// <summary>Of a VLAN device its number (IFLA_VLAN_ID).</summary>
    public int? Vlan { get; init; }

    /// <summary>How many want frames for others (IFLA_PROMISCUITY).</summary>
    public uint Promiscuity { get; init; }

    /// <summary>The XDP program on it (IFLA_XDP_PROG_ID); null where there is none.</summary>
    public uint? XdpProgram { get; init; }

    /// <summary>Whether sockets and routes treat it as a VRF.</summary>
    public bool IsVrf => Kind == "vrf";
}
