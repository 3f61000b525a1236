using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>What names a chain, a set or an object: its table and its own name.</summary>
internal readonly record struct NftKey(byte Family, string Table, string Name)
{
    public override string ToString() => $"{NetfilterHeader.FamilyName(Family)} {Table} {Name}";
}

/// <summary>A chain of nftables.</summary>
internal sealed record NftChain
{
    private const ushort TableName = 1; // NFTA_CHAIN_TABLE
    private const ushort ChainName = 3; // NFTA_CHAIN_NAME
    private const ushort Hook = 4; // NFTA_CHAIN_HOOK
    private const ushort Policy = 5; // NFTA_CHAIN_POLICY
    private const ushort Counters = 8; // NFTA_CHAIN_COUNTERS
    private const uint Drop = 0; // NF_DROP

    public required NftKey Key { get; init; }

    /// <summary>Whether the kernel calls it itself, at a hook.</summary>
    public bool IsBase { get; init; }

    public bool IsPolicyDrop { get; init; }

    /// <summary>What its policy decided; null where it does not count that.</summary>
    public long? PolicyPackets { get; init; }

    /// <exception cref="NetlinkFormatException">The message is too short.</exception>
    public static NftChain Read(ReadOnlySpan<byte> payload)
    {
        AttributeReader reader = NetfilterHeader.Attributes(payload);
        string table = "";
        string name = "";
        bool isBase = false;
        bool drops = false;
        long? packets = null;
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case TableName:
                    table = reader.ReadText();
                    break;
                case ChainName:
                    name = reader.ReadText();
                    break;
                case Hook:
                    isBase = true;
                    break;
                case Policy:
                    drops = BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out uint policy) && policy == Drop;
                    break;
                case Counters:
                    packets = NftCounter.Packets(reader.Nested());
                    break;
            }
        }

        return new NftChain { Key = new NftKey(payload[0], table, name), IsBase = isBase, IsPolicyDrop = drops, PolicyPackets = packets };
    }
}
