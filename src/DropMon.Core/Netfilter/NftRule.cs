using System.Buffers.Binary;
using System.Text;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>A rule of nftables.</summary>
internal sealed record NftRule
{
    private const ushort TableName = 1; // NFTA_RULE_TABLE
    private const ushort ChainName = 2; // NFTA_RULE_CHAIN
    private const ushort HandleNumber = 3; // NFTA_RULE_HANDLE
    private const ushort ExpressionList = 4; // NFTA_RULE_EXPRESSIONS
    private const ushort UserData = 7; // NFTA_RULE_USERDATA
    private const ushort ListElement = 1; // NFTA_LIST_ELEM
    private const byte CommentType = 0; // NFTNL_UDATA_RULE_COMMENT

    public required NftKey Chain { get; init; }

    public required ulong Handle { get; init; }

    public required IReadOnlyList<NftExpression> Expressions { get; init; }

    public string? Comment { get; init; }

    public string Place => $"rule {Handle} of {Chain}";

    /// <exception cref="NetlinkFormatException">The message is too short.</exception>
    public static NftRule Read(ReadOnlySpan<byte> payload)
    {
        AttributeReader reader = NetfilterHeader.Attributes(payload);
        string table = "";
        string chain = "";
        ulong handle = 0;
        string? comment = null;
        var expressions = new List<NftExpression>();
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case TableName:
                    table = reader.ReadText();
                    break;
                case ChainName:
                    chain = reader.ReadText();
                    break;
                case HandleNumber:
                    _ = BinaryPrimitives.TryReadUInt64BigEndian(reader.Value, out handle);
                    break;
                case ExpressionList:
                    AttributeReader list = reader.Nested();
                    while (list.MoveNext())
                    {
                        if (list.Type == ListElement)
                        {
                            expressions.Add(NftExpression.Read(list.Nested()));
                        }
                    }

                    break;
                case UserData:
                    comment = CommentOf(reader.Value);
                    break;
            }
        }

        // iptables-nft has a match for comments: NFTA_MATCH_NAME, _INFO.
        comment ??= expressions.Where(expression => expression.Name == "match" && expression.Text(1) == "comment")
            .Select(expression => expression.Text(3))
            .FirstOrDefault();
        return new NftRule { Chain = new NftKey(payload[0], table, chain), Handle = handle, Expressions = expressions, Comment = comment };
    }

    // What nft keeps for itself: type, length, value, a byte each.
    private static string? CommentOf(ReadOnlySpan<byte> data)
    {
        while (data.Length >= 2 && data.Length >= 2 + data[1])
        {
            if (data[0] == CommentType)
            {
                return Encoding.UTF8.GetString(data.Slice(2, data[1])).TrimEnd('\0');
            }

            data = data[(2 + data[1])..];
        }

        return null;
    }
}
