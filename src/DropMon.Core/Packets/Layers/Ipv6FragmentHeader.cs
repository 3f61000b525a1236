using System.Text;

namespace DropMon.Packets;

/// <summary>A fragment header of IPv6 (struct frag_hdr).</summary>
public sealed class Ipv6FragmentHeader : PacketLayer
{
    internal Ipv6FragmentHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => IpProtocol.Name(IpProtocol.Fragment);

    /// <summary>The number of the header that follows in the whole packet.</summary>
    public byte NextHeader => Header[0];

    /// <summary>Where this fragment's data belong, in bytes.</summary>
    public int FragmentOffset => UInt16(2) & 0xfff8;

    /// <summary>Whether further fragments follow.</summary>
    public bool MoreFragments => (Header[3] & 1) != 0;

    /// <summary>The number that fragments of one packet share.</summary>
    public uint Identification => UInt32(4);

    /// <summary>Whether it is one of several fragments; a header without others to follow or go before is an atomic fragment.</summary>
    public bool IsFragment => MoreFragments || FragmentOffset > 0;

    internal override void Describe(StringBuilder text) => FragmentText.Append(text, Identification, FragmentOffset, MoreFragments);
}
