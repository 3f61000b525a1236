using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>A set or a map of nftables; its elements where they were read.</summary>
internal sealed record NftSet
{
    private const ushort TableName = 1; // NFTA_SET_TABLE
    private const ushort SetName = 2; // NFTA_SET_NAME
    private const ushort Flags = 3; // NFTA_SET_FLAGS
    private const ushort KeyLengthAttribute = 5; // NFTA_SET_KEY_LEN
    private const ushort DataType = 6; // NFTA_SET_DATA_TYPE
    private const uint AnonymousFlag = 0x1; // NFT_SET_ANONYMOUS
    private const uint IntervalFlag = 0x4; // NFT_SET_INTERVAL
    private const uint VerdictType = 0xffffff00; // NFT_DATA_VERDICT

    public required NftKey Key { get; init; }

    public bool IsAnonymous { get; init; }

    public bool IsInterval { get; init; }

    public bool IsVerdictMap { get; init; }

    /// <summary>How many bytes a key has.</summary>
    public int KeyLength { get; init; }

    /// <summary>The elements, as many as are read; null where they were not.</summary>
    public IReadOnlyList<NftElement>? Elements { get; init; }

    /// <summary>How many more it has.</summary>
    public int Omitted { get; init; }

    /// <exception cref="NetlinkFormatException">The message is too short.</exception>
    public static NftSet Read(ReadOnlySpan<byte> payload)
    {
        AttributeReader reader = NetfilterHeader.Attributes(payload);
        string table = "";
        string name = "";
        uint flags = 0;
        uint type = 0;
        uint keyLength = 0;
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case TableName:
                    table = reader.ReadText();
                    break;
                case SetName:
                    name = reader.ReadText();
                    break;
                case Flags:
                    _ = BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out flags);
                    break;
                case KeyLengthAttribute:
                    _ = BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out keyLength);
                    break;
                case DataType:
                    _ = BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out type);
                    break;
            }
        }

        return new NftSet
        {
            Key = new NftKey(payload[0], table, name),
            IsAnonymous = (flags & AnonymousFlag) != 0,
            IsInterval = (flags & IntervalFlag) != 0,
            IsVerdictMap = type == VerdictType,
            KeyLength = (int)Math.Min(keyLength, 64),
        };
    }
}
