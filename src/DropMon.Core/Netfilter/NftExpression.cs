using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>One expression of a rule: its name and its own attributes.</summary>
internal readonly record struct NftExpression(string Name, byte[] Data)
{
    private const ushort ExpressionName = 1; // NFTA_EXPR_NAME
    private const ushort ExpressionData = 2; // NFTA_EXPR_DATA
    private const ushort DataValue = 1; // NFTA_DATA_VALUE

    public static NftExpression Read(AttributeReader expression)
    {
        string name = "";
        byte[] data = [];
        while (expression.MoveNext())
        {
            switch (expression.Type)
            {
                case ExpressionName:
                    name = expression.ReadText();
                    break;
                case ExpressionData:
                    data = expression.Value.ToArray();
                    break;
            }
        }

        return new NftExpression(name, data);
    }

    /// <summary>A number, which nftables sends in network byte order; null where it has none.</summary>
    public uint? Number(ushort attribute) =>
        Bytes(attribute) is { Length: >= 4 } bytes ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : null;

    public ulong? Long(ushort attribute) => Bytes(attribute) is { Length: >= 8 } bytes ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : null;

    public ushort? Short(ushort attribute) =>
        Bytes(attribute) is { Length: >= 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : null;

    public string? Text(ushort attribute)
    {
        var reader = new AttributeReader(Data);
        while (reader.MoveNext())
        {
            if (reader.Type == attribute)
            {
                return reader.ReadText();
            }
        }

        return null;
    }

    /// <summary>The bytes of an attribute of data (NFTA_DATA_VALUE).</summary>
    public byte[]? Value(ushort attribute) => Bytes(attribute) is { } bytes ? ValueOf(new AttributeReader(bytes)) : null;

    public NftVerdict? Verdict(ushort attribute) => Bytes(attribute) is { } bytes ? NftVerdict.Read(new AttributeReader(bytes)) : null;

    public static byte[]? ValueOf(AttributeReader data)
    {
        while (data.MoveNext())
        {
            if (data.Type == DataValue)
            {
                return data.Value.ToArray();
            }
        }

        return null;
    }

    /// <summary>The attribute's bytes; null where there is none.</summary>
    public byte[]? Bytes(ushort attribute)
    {
        var reader = new AttributeReader(Data);
        while (reader.MoveNext())
        {
            if (reader.Type == attribute)
            {
                return reader.Value.ToArray();
            }
        }

        return null;
    }
}
