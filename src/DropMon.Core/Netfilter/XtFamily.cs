namespace DropMon.Netfilter;

/// <summary>One of the protocols that xtables has tables for, with the layout of its entries (struct ipt_entry and its siblings).</summary>
internal sealed record XtFamily
{
    private static readonly string[] InetHooks = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];

    public static XtFamily Ipv4 { get; } = new()
    {
        Name = "iptables",
        NamesFile = "ip_tables_names",
        SocketFamily = 2,
        Level = 0,
        GetInfo = 64,
        Hooks = InetHooks,
        AddressSize = 4,
        Interfaces = 16,
        Protocol = 80,
        Flags = 82,
        GotoFlag = 0x02,
        TargetOffset = 88,
        Counters = 96,
        EntrySize = 112,
    };

    public static XtFamily Ipv6 { get; } = new()
    {
        Name = "ip6tables",
        NamesFile = "ip6_tables_names",
        SocketFamily = 10,
        Level = 41,
        GetInfo = 64,
        Hooks = InetHooks,
        AddressSize = 16,
        Interfaces = 64,
        Protocol = 128,
        Flags = 131,
        GotoFlag = 0x04,
        TargetOffset = 140,
        Counters = 152,
        EntrySize = 168,
    };

    public static XtFamily Arp { get; } = new()
    {
        Name = "arptables",
        NamesFile = "arp_tables_names",
        SocketFamily = 2,
        Level = 0,
        GetInfo = 96,
        Hooks = ["INPUT", "OUTPUT", "FORWARD"],
        Interfaces = 94,
        Flags = 158,
        TargetOffset = 164,
        Counters = 176,
        EntrySize = 192,
    };

    public static IReadOnlyList<XtFamily> All { get; } = [Ipv4, Ipv6, Arp];

    /// <summary>The tool that writes its tables, without <c>-legacy</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The file below /proc/net that names the tables in use. To ask for one that is not would create it.</summary>
    public required string NamesFile { get; init; }

    public required int SocketFamily { get; init; }

    public required int Level { get; init; }

    /// <summary>IPT_SO_GET_INFO; IPT_SO_GET_ENTRIES is the next.</summary>
    public required int GetInfo { get; init; }

    /// <summary>The built-in chains, by number of the hook.</summary>
    public required IReadOnlyList<string> Hooks { get; init; }

    /// <summary>Of source, destination and their masks, with which the entry begins; 0 where it is not decoded.</summary>
    public int AddressSize { get; init; }

    public required int Interfaces { get; init; }

    public int Protocol { get; init; }

    /// <summary>Flags; the inverted ones follow.</summary>
    public required int Flags { get; init; }

    /// <summary>The flag that makes a jump a goto; 0: there is none.</summary>
    public int GotoFlag { get; init; }

    /// <summary>Offset of the target, then of the next entry, 16 bits each.</summary>
    public required int TargetOffset { get; init; }

    public required int Counters { get; init; }

    public required int EntrySize { get; init; }

    /// <summary>Size of struct ipt_getinfo.</summary>
    public int InfoSize => 32 + (4 * (1 + (2 * Hooks.Count) + 2));
}
