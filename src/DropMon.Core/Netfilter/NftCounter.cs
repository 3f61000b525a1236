using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>Counters as nftables sends them (enum nft_counter_attributes).</summary>
internal static class NftCounter
{
    private const ushort PacketsAttribute = 2; // NFTA_COUNTER_PACKETS

    public static long? Packets(AttributeReader counter)
    {
        while (counter.MoveNext())
        {
            if (counter.Type == PacketsAttribute && BinaryPrimitives.TryReadUInt64BigEndian(counter.Value, out ulong packets))
            {
                return (long)Math.Min(packets, long.MaxValue);
            }
        }

        return null;
    }
}
