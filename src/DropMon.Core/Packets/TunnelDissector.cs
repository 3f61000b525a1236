namespace DropMon.Packets;

/// <summary>GRE, VXLAN, GENEVE and IP in IP: the headers around a packet that <see cref="Packet.Inner"/> dissects when asked.</summary>
internal static class TunnelDissector
{
    private const byte VxlanValidVni = 0x08; // VXLAN_HF_VNI

    public static void DissectGre(ref Dissection dissection)
    {
        if (!dissection.Has(GreHeader.FixedLength, GreHeader.LayerName))
        {
            return;
        }

        var header = new GreHeader(dissection.Header(GreHeader.MeasuredLength(dissection.Rest)));
        if (dissection.Add(header) && header.Version == 0)
        {
            Enter(ref dissection, header.ProtocolType);
        }
    }

    /// <summary>The tunnels that UDP carries, known by their destination port and the first byte of their header.</summary>
    public static void DissectByPort(ref Dissection dissection, int port)
    {
        if (VxlanHeader.IsPort(port)
            && dissection.Remaining >= VxlanHeader.Length
            && !dissection.Rest.IsEmpty
            && dissection.Rest[0] == VxlanValidVni)
        {
            if (dissection.Has(VxlanHeader.Length, VxlanHeader.LayerName))
            {
                dissection.Add(new VxlanHeader(dissection.Header(VxlanHeader.Length)));
                Enter(ref dissection, LinkType.Ethernet);
            }
        }
        else if (port == GeneveHeader.Port
            && dissection.Remaining >= GeneveHeader.FixedLength
            && !dissection.Rest.IsEmpty
            && dissection.Rest[0] >> 6 == 0)
        {
            DissectGeneve(ref dissection);
        }
    }

    public static void Enter(ref Dissection dissection, LinkType link)
    {
        // Of a fragment's inner packet the end is missing, and its lengths would be found wrong.
        if (!dissection.IsFragment && !dissection.Rest.IsEmpty)
        {
            dissection.Inner = link;
        }
    }

    private static void DissectGeneve(ref Dissection dissection)
    {
        if (!dissection.Has(GeneveHeader.FixedLength, GeneveHeader.LayerName))
        {
            return;
        }

        var header = new GeneveHeader(dissection.Header(GeneveHeader.MeasuredLength(dissection.Rest)));
        if (dissection.Add(header))
        {
            Enter(ref dissection, header.ProtocolType);
        }
    }

    private static void Enter(ref Dissection dissection, ushort type) => Enter(ref dissection, type switch
    {
        EtherType.Ipv4 => LinkType.Ipv4,
        EtherType.Ipv6 => LinkType.Ipv6,
        EtherType.TransparentBridging => LinkType.Ethernet,
        _ => LinkType.Unknown,
    });
}
