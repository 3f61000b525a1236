namespace DropMon.Netlink.Generic;

/// <summary>A generic netlink family as the controller describes it. Its id and its groups' ids differ from boot to boot.</summary>
internal sealed record GenericNetlinkFamily(string Name, ushort Id, uint Version, IReadOnlyDictionary<string, uint> MulticastGroups)
{
    /// <summary>A multicast group's id by name.</summary>
    /// <exception cref="Netlink.NetlinkFormatException">The family has no such group.</exception>
    public uint Group(string name) =>
        MulticastGroups.TryGetValue(name, out uint id)
            ? id
            : throw new Netlink.NetlinkFormatException(
                $"The generic netlink family {Name} has no multicast group {name}; it has: {string.Join(", ", MulticastGroups.Keys)}.");
}
