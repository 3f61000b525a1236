namespace DropMon.Packets;

/// <summary>Headers up to the network layer: Ethernet, VLAN tags, MPLS labels, PPPoE, ARP.</summary>
internal static class LinkDissector
{
    /// <summary>The most VLAN tags, or MPLS labels, that are followed.</summary>
    public const int MaximumStack = 16;

    public const ushort PppIpv4 = 0x0021;
    public const ushort PppIpv6 = 0x0057;

    // What the kernel calls a frame whose type field is a length (ETH_P_802_2).
    public const ushort LogicalLinkControl = 0x0004;

    public static void Dissect(ref Dissection dissection, LinkType link)
    {
        switch (link)
        {
            case LinkType.Ethernet:
                DissectEthernet(ref dissection);
                break;
            case LinkType.Ipv4:
                dissection.EtherType = EtherType.Ipv4;
                NetworkDissector.DissectIpv4(ref dissection);
                break;
            case LinkType.Ipv6:
                dissection.EtherType = EtherType.Ipv6;
                NetworkDissector.DissectIpv6(ref dissection);
                break;
        }
    }

    private static void DissectEthernet(ref Dissection dissection)
    {
        if (!dissection.Has(EthernetHeader.Length, EthernetHeader.LayerName))
        {
            return;
        }

        var ethernet = new EthernetHeader(dissection.Header(EthernetHeader.Length));
        dissection.Add(ethernet);
        ushort type = ethernet.EtherType;
        for (int tags = 0; EtherType.IsVlan(type); tags++)
        {
            dissection.EtherType = type;
            if (tags == MaximumStack)
            {
                dissection.Mark(VlanTag.LayerName, $"more than {MaximumStack} tags");
                return;
            }

            if (!dissection.Has(VlanTag.Length, VlanTag.LayerName))
            {
                return;
            }

            var tag = new VlanTag(dissection.Header(VlanTag.Length), type);
            dissection.Add(tag);
            type = tag.EtherType;
        }

        DissectByType(ref dissection, type);
    }

    private static void DissectByType(ref Dissection dissection, ushort type)
    {
        if (type < EtherType.Minimum)
        {
            dissection.EtherType = LogicalLinkControl;
            dissection.Limit(dissection.Position, type, "802.3");
            return;
        }

        dissection.EtherType = type;
        switch (type)
        {
            case EtherType.Ipv4:
                NetworkDissector.DissectIpv4(ref dissection);
                break;
            case EtherType.Ipv6:
                NetworkDissector.DissectIpv6(ref dissection);
                break;
            case EtherType.Arp:
                DissectArp(ref dissection);
                break;
            case EtherType.Mpls or EtherType.MplsMulticast:
                DissectMpls(ref dissection);
                break;
            case EtherType.PppoeSession:
                DissectPppoe(ref dissection);
                break;
        }
    }

    private static void DissectArp(ref Dissection dissection)
    {
        if (dissection.Has(ArpMessage.FixedLength, ArpMessage.LayerName))
        {
            dissection.Add(new ArpMessage(dissection.Header(ArpMessage.MeasuredLength(dissection.Rest))));
        }
    }

    private static void DissectMpls(ref Dissection dissection)
    {
        for (int labels = 0; labels < MaximumStack; labels++)
        {
            if (!dissection.Has(MplsLabel.Length, MplsLabel.LayerName))
            {
                return;
            }

            var label = new MplsLabel(dissection.Header(MplsLabel.Length));
            dissection.Add(label);
            if (label.IsBottomOfStack)
            {
                DissectBehindMpls(ref dissection);
                return;
            }
        }

        dissection.Mark(MplsLabel.LayerName, $"more than {MaximumStack} labels");
    }

    // The label stack does not say what follows: the first nibble does, as in the kernel's mpls_forward.
    private static void DissectBehindMpls(ref Dissection dissection)
    {
        int version = dissection.Rest.IsEmpty ? 0 : dissection.Rest[0] >> 4;
        Dissect(ref dissection, version switch { 4 => LinkType.Ipv4, 6 => LinkType.Ipv6, _ => LinkType.Unknown });
    }

    private static void DissectPppoe(ref Dissection dissection)
    {
        if (!dissection.Has(PppoeHeader.Length, PppoeHeader.LayerName))
        {
            return;
        }

        int start = dissection.Position + 6;
        var pppoe = new PppoeHeader(dissection.Header(PppoeHeader.Length));
        dissection.Add(pppoe);
        dissection.Limit(start, pppoe.PayloadLength, PppoeHeader.LayerName);
        Dissect(ref dissection, pppoe.PppProtocol switch { PppIpv4 => LinkType.Ipv4, PppIpv6 => LinkType.Ipv6, _ => LinkType.Unknown });
    }
}
