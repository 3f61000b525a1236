using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>What becomes of a packet: a verdict of netfilter (NF_*), or where nftables looks next (NFT_*, negative).</summary>
internal readonly record struct NftVerdict(int Code, string? Chain)
{
    private const ushort DataVerdict = 2; // NFTA_DATA_VERDICT
    private const ushort VerdictCode = 1; // NFTA_VERDICT_CODE
    private const ushort VerdictChain = 2; // NFTA_VERDICT_CHAIN
    private const int CodeMask = 0xff; // NF_VERDICT_MASK

    public bool IsDrop => Code >= 0 && (Code & CodeMask) == 0;

    public bool IsQueue => Code >= 0 && (Code & CodeMask) == 3;

    /// <summary>Jump or goto.</summary>
    public bool IsJump => Code is -3 or -4 && Chain is not null;

    public string Text => Code switch
    {
        -1 => "continue",
        -2 => "break",
        -3 => $"jump {Chain}",
        -4 => $"goto {Chain}",
        -5 => "return",
        < 0 => $"verdict {Code}",
        _ => (Code & CodeMask) switch { 0 => "drop", 1 => "accept", 2 => "stolen", 3 => "queue", 4 => "repeat", _ => $"verdict {Code}" },
    };

    /// <summary>The verdict in an attribute of data (enum nft_data_attributes); null where it is a value.</summary>
    public static NftVerdict? Read(AttributeReader data)
    {
        while (data.MoveNext())
        {
            if (data.Type != DataVerdict)
            {
                continue;
            }

            int? code = null;
            string? chain = null;
            AttributeReader verdict = data.Nested();
            while (verdict.MoveNext())
            {
                if (verdict.Type == VerdictCode && BinaryPrimitives.TryReadInt32BigEndian(verdict.Value, out int value))
                {
                    code = value;
                }
                else if (verdict.Type == VerdictChain)
                {
                    chain = verdict.ReadText();
                }
            }

            return code is { } known ? new NftVerdict(known, chain) : null;
        }

        return null;
    }
}
