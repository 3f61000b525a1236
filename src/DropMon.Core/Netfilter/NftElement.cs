using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>An element of a set or a map.</summary>
internal sealed record NftElement
{
    private const ushort KeyAttribute = 1; // NFTA_SET_ELEM_KEY
    private const ushort DataAttribute = 2; // NFTA_SET_ELEM_DATA
    private const ushort FlagsAttribute = 3; // NFTA_SET_ELEM_FLAGS
    private const ushort ExpressionAttribute = 7; // NFTA_SET_ELEM_EXPR
    private const ushort KeyEndAttribute = 10; // NFTA_SET_ELEM_KEY_END
    private const ushort ExpressionsAttribute = 11; // NFTA_SET_ELEM_EXPRESSIONS, Linux 5.11
    private const ushort ListElement = 1; // NFTA_LIST_ELEM
    private const uint IntervalEndFlag = 0x1; // NFT_SET_ELEM_INTERVAL_END
    private const uint CatchAllFlag = 0x2; // NFT_SET_ELEM_CATCHALL, Linux 5.13

    public byte[] Key { get; init; } = [];

    /// <summary>The last key of a range of concatenated fields.</summary>
    public byte[]? KeyEnd { get; init; }

    /// <summary>Whether it only marks the first key behind a range.</summary>
    public bool IsIntervalEnd { get; init; }

    /// <summary>Whether it stands for whatever no other element matches.</summary>
    public bool IsCatchAll { get; init; }

    public NftVerdict? Verdict { get; init; }

    /// <summary>Its own counter; null where it has none.</summary>
    public long? Packets { get; init; }

    public static NftElement Read(AttributeReader reader)
    {
        var element = new NftElement();
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case KeyAttribute:
                    element = element with { Key = NftExpression.ValueOf(reader.Nested()) ?? [] };
                    break;
                case KeyEndAttribute:
                    element = element with { KeyEnd = NftExpression.ValueOf(reader.Nested()) };
                    break;
                case DataAttribute:
                    element = element with { Verdict = NftVerdict.Read(reader.Nested()) };
                    break;
                case FlagsAttribute when BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out uint flags):
                    element = element with { IsIntervalEnd = (flags & IntervalEndFlag) != 0, IsCatchAll = (flags & CatchAllFlag) != 0 };
                    break;
                case ExpressionAttribute:
                    element = element with { Packets = CountOf(NftExpression.Read(reader.Nested())) ?? element.Packets };
                    break;
                case ExpressionsAttribute:
                    AttributeReader list = reader.Nested();
                    while (list.MoveNext())
                    {
                        if (list.Type == ListElement)
                        {
                            element = element with { Packets = CountOf(NftExpression.Read(list.Nested())) ?? element.Packets };
                        }
                    }

                    break;
            }
        }

        return element;
    }

    private static long? CountOf(NftExpression expression) =>
        expression.Name == "counter" ? NftCounter.Packets(new AttributeReader(expression.Data)) : null;
}
