using System.Runtime.InteropServices;
using System.Text;
using DropMon.Netlink;
using DropMon.Reasons.Predicates;

namespace DropMon.Sessions;

/// <summary>A device of this network namespace, as rtnetlink describes it.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Name">Its name, as the kernel has it.</param>
/// <param name="Device">Its kind and address.</param>
internal sealed record LinkDescription(int Index, byte[] Name, DropDevice Device)
{
    private const ushort GetLink = 18; // RTM_GETLINK
    private const ushort AddressAttribute = 1; // IFLA_ADDRESS
    private const ushort NameAttribute = 3; // IFLA_IFNAME
    private const ushort InformationAttribute = 18; // IFLA_LINKINFO
    private const ushort KindAttribute = 1; // IFLA_INFO_KIND
    private const ushort LoopbackType = 772; // ARPHRD_LOOPBACK

    public static NetlinkRequest Request()
    {
        var request = new NetlinkRequest(GetLink, NetlinkFlags.Dump, "Reading the kinds of the interfaces");
        request.AddHeader(default(Header));
        return request;
    }

    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static LinkDescription Decode(ReadOnlySpan<byte> payload)
    {
        if (!MemoryMarshal.TryRead(payload, out Header header))
        {
            throw new NetlinkFormatException("The kernel's description of an interface is too short.");
        }

        byte[] name = [];
        byte[] address = [];
        string kind = header.Type == LoopbackType ? "loopback" : "physical";
        var reader = new AttributeReader(payload[Marshal.SizeOf<Header>()..]);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NameAttribute:
                    name = Encoding.UTF8.GetBytes(reader.ReadText());
                    break;
                case AddressAttribute:
                    address = reader.Value.ToArray();
                    break;
                case InformationAttribute:
                    kind = ReadKind(reader.Nested()) ?? kind;
                    break;
            }
        }

        return reader.IsMalformed ? throw new NetlinkFormatException("The kernel's description of an interface is malformed.")
            : new LinkDescription(header.Index, name, new DropDevice(kind, address));
    }

    private static string? ReadKind(AttributeReader reader)
    {
        while (reader.MoveNext())
        {
            if (reader.Type == KindAttribute)
            {
                return reader.ReadText();
            }
        }

        return null;
    }

    /// <summary>struct ifinfomsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public byte Family;
        public byte Padding;
        public ushort Type;
        public int Index;
        public uint Flags;
        public uint Change;
    }
}
