using System.Runtime.InteropServices;
using DropMon.Netlink;

namespace DropMon.Counters.Sources;

/// <summary>An interface as rtnetlink describes it.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Name">Its name, as the kernel has it.</param>
/// <param name="Kind">What it is (IFLA_INFO_KIND): <c>veth</c>, <c>bridge</c>, ...; null for adapters and loopback.</param>
/// <param name="Statistics">struct rtnl_link_stats64.</param>
internal sealed record Link(int Index, string Name, string? Kind, long[] Statistics)
{
    private static readonly string[] Tunnels =
        ["vxlan", "geneve", "gre", "gretap", "ip6gre", "ip6gretap", "erspan", "ip6erspan", "ipip", "sit", "ip6tnl", "vti", "vti6", "xfrm", "wireguard", "tun", "bareudp", "gtp", "fou"];

    /// <summary>The name, safe to show.</summary>
    public string SafeName { get; } = SafeText.Escape(Name);

    public DropClass Class => Kind switch
    {
        "bridge" => DropClass.Bridge,
        { } kind when Tunnels.Contains(kind) => DropClass.Tunnel,
        _ => DropClass.Device,
    };
}

/// <summary>The interfaces of this network namespace with their statistics: asked for once (RTM_GETLINK), used by several sources.</summary>
internal sealed class LinkTable(Func<NetlinkConnection> route)
{
    private const ushort GetLink = 18; // RTM_GETLINK
    private const ushort LinkName = 3; // IFLA_IFNAME
    private const ushort LinkInformation = 18; // IFLA_LINKINFO
    private const ushort InformationKind = 1; // IFLA_INFO_KIND
    private const ushort LinkStatistics = 23; // IFLA_STATS64

    private List<Link>? _links;

    public IReadOnlyList<Link> Links => _links ??= Ask();

    /// <summary>An interface's name, safe to show; its number where it has just come.</summary>
    public string NameOf(int index) => Links.FirstOrDefault(link => link.Index == index)?.SafeName ?? $"if{index}";

    private List<Link> Ask()
    {
        var links = new List<Link>();
        var request = new NetlinkRequest(GetLink, NetlinkFlags.Dump, "Reading the interfaces' statistics");
        request.AddHeader(default(InterfaceHeader));
        route().Execute(request, (_, payload) => links.Add(Decode(payload)));
        return links;
    }

    internal static Link Decode(ReadOnlySpan<byte> payload)
    {
        if (!MemoryMarshal.TryRead(payload, out InterfaceHeader header))
        {
            throw new NetlinkFormatException("The kernel's description of an interface is too short.");
        }

        string name = "";
        string? kind = null;
        long[] statistics = [];
        var reader = new AttributeReader(payload[Marshal.SizeOf<InterfaceHeader>()..]);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case LinkName:
                    name = reader.ReadText();
                    break;
                case LinkInformation:
                    kind = ReadKind(reader.Nested());
                    break;
                case LinkStatistics:
                    statistics = MemoryMarshal.Cast<byte, long>(reader.Value).ToArray();
                    break;
            }
        }

        return reader.IsMalformed || name.Length == 0
            ? throw new NetlinkFormatException("The kernel's description of an interface is malformed.")
            : new Link(header.Index, name, kind, statistics);
    }

    private static string? ReadKind(AttributeReader reader)
    {
        while (reader.MoveNext())
        {
            if (reader.Type == InformationKind)
            {
                return SafeText.Escape(reader.ReadText());
            }
        }

        return null;
    }

    /// <summary>struct ifinfomsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct InterfaceHeader
    {
        public byte Family;
        public byte Padding;
        public ushort Type;
        public int Index;
        public uint Flags;
        public uint Change;
    }
}
