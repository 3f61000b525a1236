using DropMon.Native;

namespace DropMon.Netlink.Generic;

/// <summary>Asks the generic netlink controller for families (nlctrl).</summary>
internal static class GenericNetlinkController
{
    private const ushort ControllerId = 0x10; // GENL_ID_CTRL
    private const byte GetFamily = 3; // CTRL_CMD_GETFAMILY
    private const ushort FamilyId = 1; // CTRL_ATTR_FAMILY_ID
    private const ushort FamilyName = 2; // CTRL_ATTR_FAMILY_NAME
    private const ushort FamilyVersion = 3; // CTRL_ATTR_VERSION
    private const ushort MulticastGroups = 7; // CTRL_ATTR_MCAST_GROUPS
    private const ushort GroupName = 1; // CTRL_ATTR_MCAST_GRP_NAME
    private const ushort GroupId = 2; // CTRL_ATTR_MCAST_GRP_ID

    /// <summary>Resolves a family by name; the kernel loads the module that provides it. Null where there is none.</summary>
    public static GenericNetlinkFamily? Resolve(NetlinkConnection connection, string name)
    {
        GenericNetlinkFamily? family = null;
        NetlinkRequest request = new NetlinkRequest(ControllerId, NetlinkFlags.None, $"Resolving the generic netlink family {name}")
            .AddHeader(new GenericNetlinkHeader(GetFamily, 1))
            .Add(FamilyName, name);
        try
        {
            connection.Execute(request, (_, payload) => family = Decode(payload));
        }
        catch (NetlinkException error) when (error.Errno == Errno.ENOENT)
        {
            return null;
        }

        return family ?? throw new NetlinkFormatException($"{request.Description}: the kernel acknowledged the request without an answer.");
    }

    internal static GenericNetlinkFamily Decode(ReadOnlySpan<byte> payload)
    {
        string name = "";
        ushort id = 0;
        uint version = 0;
        var groups = new Dictionary<string, uint>(StringComparer.Ordinal);
        bool whole = GenericNetlinkHeader.TryRead(payload, out _, out ReadOnlySpan<byte> attributes);
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case FamilyId:
                    id = reader.ReadUInt16();
                    break;
                case FamilyName:
                    name = reader.ReadText();
                    break;
                case FamilyVersion:
                    version = reader.ReadUInt32();
                    break;
                case MulticastGroups:
                    AttributeReader list = reader.Nested();
                    while (list.MoveNext())
                    {
                        whole &= AddGroup(list.Nested(), groups);
                    }

                    whole &= !list.IsMalformed;
                    break;
            }
        }

        return whole && !reader.IsMalformed && id != 0
            ? new GenericNetlinkFamily(name, id, version, groups)
            : throw new NetlinkFormatException("The generic netlink controller's description of a family is malformed.");
    }

    private static bool AddGroup(AttributeReader reader, Dictionary<string, uint> groups)
    {
        string name = "";
        uint id = 0;
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case GroupName:
                    name = reader.ReadText();
                    break;
                case GroupId:
                    id = reader.ReadUInt32();
                    break;
            }
        }

        groups[name] = id;
        return !reader.IsMalformed && name.Length > 0;
    }
}
