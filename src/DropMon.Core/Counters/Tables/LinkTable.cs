using System.Globalization;
using System.Runtime.InteropServices;
using DropMon.Netlink;

namespace DropMon.Counters.Tables;

/// <summary>
/// The interfaces of this network namespace with their statistics: asked for once (RTM_GETLINK), used by several sources.
/// </summary>
internal sealed class LinkTable(Func<NetlinkConnection> route)
{
    public const string Source = "rtnetlink RTM_GETLINK";

    private const ushort GetLink = 18; // RTM_GETLINK
    private const ushort LinkAddress = 1; // IFLA_ADDRESS
    private const ushort LinkName = 3; // IFLA_IFNAME
    private const ushort LinkLower = 5; // IFLA_LINK
    private const ushort LinkQdisc = 6; // IFLA_QDISC
    private const ushort LinkMaster = 10; // IFLA_MASTER
    private const ushort LinkInformation = 18; // IFLA_LINKINFO
    private const ushort LinkStatistics = 23; // IFLA_STATS64
    private const ushort LinkPromiscuity = 30; // IFLA_PROMISCUITY
    private const ushort LinkXdp = 43; // IFLA_XDP
    private const ushort InformationKind = 1; // IFLA_INFO_KIND
    private const ushort InformationData = 2; // IFLA_INFO_DATA
    private const ushort InformationPortKind = 4; // IFLA_INFO_SLAVE_KIND
    private const ushort InformationPortData = 5; // IFLA_INFO_SLAVE_DATA
    private const ushort BondPortState = 1; // IFLA_BOND_SLAVE_STATE
    private const uint BondPortBackup = 1; // BOND_STATE_BACKUP
    private const ushort VlanId = 1; // IFLA_VLAN_ID
    private const ushort XdpProgramId = 4; // IFLA_XDP_PROG_ID

    private List<KernelLink>? _links;

    public IReadOnlyList<KernelLink> Links => _links ??= Ask();

    /// <summary>An interface's name, safe to show; its number where it has just come.</summary>
    public string NameOf(int index) => Links.FirstOrDefault(link => link.Index == index)?.SafeName ?? $"if{index}";

    private List<KernelLink> Ask()
    {
        var links = new List<KernelLink>();
        var request = new NetlinkRequest(GetLink, NetlinkFlags.Dump, "Reading the interfaces' statistics");
        request.AddHeader(default(InterfaceHeader));
        route().Execute(request, (_, payload) => links.Add(Decode(payload)));
        return links;
    }

    internal static KernelLink Decode(ReadOnlySpan<byte> payload)
    {
        if (!MemoryMarshal.TryRead(payload, out InterfaceHeader header))
        {
            throw new NetlinkFormatException("The kernel's description of an interface is too short.");
        }

        var link = new KernelLink(header.Index, "", null, []) { Type = header.Type, Flags = header.Flags };
        var reader = new AttributeReader(payload[Marshal.SizeOf<InterfaceHeader>()..]);
        while (reader.MoveNext())
        {
            link = reader.Type switch
            {
                LinkName => link with { Name = reader.ReadText() },
                LinkAddress when reader.Value.Length > 0 =>
                    link with { HardwareAddress = reader.Value.ToArray(), Address = AddressText(reader.Value) },
                LinkLower => link with { Lower = (int)reader.ReadUInt32() },
                LinkQdisc => link with { Qdisc = SafeText.Escape(reader.ReadText()) },
                LinkMaster => link with { Master = (int)reader.ReadUInt32() },
                LinkPromiscuity => link with { Promiscuity = reader.ReadUInt32() },
                LinkInformation => ReadInformation(link, reader.Nested()),
                LinkXdp => link with { XdpProgram = Nested(reader.Nested(), XdpProgramId) },
                LinkStatistics => link with { Statistics = MemoryMarshal.Cast<byte, long>(reader.Value).ToArray() },
                _ => link,
            };
        }

        return reader.IsMalformed || link.Name.Length == 0
            ? throw new NetlinkFormatException("The kernel's description of an interface is malformed.")
            : link;
    }

    private static string AddressText(ReadOnlySpan<byte> address) =>
        string.Join(':', Array.ConvertAll(address.ToArray(), value => value.ToString("x2", CultureInfo.InvariantCulture)));

    private static KernelLink ReadInformation(KernelLink link, AttributeReader reader)
    {
        uint? vlan = null;
        uint? state = null;
        string? port = null;
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case InformationKind:
                    link = link with { Kind = SafeText.Escape(reader.ReadText()) };
                    break;
                case InformationData:
                    vlan = Nested(reader.Nested(), VlanId);
                    break;
                case InformationPortKind:
                    port = reader.ReadText();
                    break;
                case InformationPortData:
                    state = Nested(reader.Nested(), BondPortState);
                    break;
            }
        }

        // What the data means depends on the kind, which may stand behind it.
        link = link with { IsBackupPort = port == "bond" && state == BondPortBackup };
        return link.Kind == "vlan" ? link with { Vlan = (int?)vlan } : link;
    }

    /// <summary>A number of one, two or four bytes among nested attributes.</summary>
    private static uint? Nested(AttributeReader reader, ushort type)
    {
        while (reader.MoveNext())
        {
            if (reader.Type == type)
            {
                return reader.Value.Length switch
                {
                    sizeof(byte) => reader.Value[0],
                    sizeof(ushort) => reader.ReadUInt16(),
                    _ => reader.ReadUInt32(),
                };
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
