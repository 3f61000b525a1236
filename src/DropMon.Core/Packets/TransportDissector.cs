namespace DropMon.Packets;

/// <summary>What IP carries: transport headers, control messages, and the tunnels that are IP protocols.</summary>
internal static class TransportDissector
{
    // What a header needs to be listed: the ports.
    private const int PortsLength = 4;

    public static void Dissect(ref Dissection dissection, byte protocol)
    {
        if (!NetworkDissector.SkipExtensions(ref dissection, ref protocol))
        {
            return;
        }

        switch (protocol)
        {
            case IpProtocol.Tcp:
                DissectTcp(ref dissection);
                break;
            case IpProtocol.Udp:
                DissectUdp(ref dissection);
                break;
            case IpProtocol.Icmp:
                DissectIcmp(ref dissection);
                break;
            case IpProtocol.Icmpv6:
                DissectIcmpv6(ref dissection);
                break;
            case IpProtocol.Sctp:
                DissectSctp(ref dissection);
                break;
            case IpProtocol.Igmp when dissection.Has(IgmpMessage.FixedLength, IgmpMessage.LayerName):
                dissection.Add(new IgmpMessage(dissection.Header(IgmpMessage.FixedLength)));
                break;
            case IpProtocol.Esp when dissection.Has(EspHeader.Length, EspHeader.LayerName):
                dissection.Add(new EspHeader(dissection.Header(EspHeader.Length)));
                break;
            case IpProtocol.Mobility:
                DissectMobility(ref dissection);
                break;
            case IpProtocol.Gre:
                TunnelDissector.DissectGre(ref dissection);
                break;
            case IpProtocol.Ipv4:
                TunnelDissector.Enter(ref dissection, LinkType.Ipv4);
                break;
            case IpProtocol.Ipv6:
                TunnelDissector.Enter(ref dissection, LinkType.Ipv6);
                break;
            case IpProtocol.Ethernet:
                TunnelDissector.Enter(ref dissection, LinkType.Ethernet);
                break;
        }
    }

    private static void DissectTcp(ref Dissection dissection)
    {
        if (!dissection.Has(PortsLength, TcpHeader.LayerName))
        {
            return;
        }

        int length = TcpHeader.FixedLength;
        if (dissection.Rest.Length >= TcpHeader.FixedLength)
        {
            length = TcpHeader.MeasuredLength(dissection.Rest);
            if (length < TcpHeader.FixedLength)
            {
                dissection.Mark(TcpHeader.LayerName, $"header length of {length} bytes");
                length = TcpHeader.FixedLength;
            }
        }

        HeaderBytes header = dissection.Header(length);
        if (dissection.Add(new TcpHeader(header)) && !OptionList.IsWellFormed(header.Bytes.Span[TcpHeader.FixedLength..]))
        {
            dissection.Mark(TcpHeader.LayerName, "malformed options");
        }
    }

    private static void DissectUdp(ref Dissection dissection)
    {
        if (!dissection.Has(PortsLength, UdpHeader.LayerName))
        {
            return;
        }

        int start = dissection.Position;
        var header = new UdpHeader(dissection.Header(UdpHeader.FixedLength));
        if (!dissection.Add(header) || header.Length is not { } length)
        {
            return;
        }

        int there = dissection.End - start;
        if (length >= UdpHeader.FixedLength)
        {
            // The first fragment holds less than the datagram's length.
            if (!dissection.IsFragment || length < there)
            {
                dissection.Limit(start, length, UdpHeader.LayerName);
            }
        }
        else if (length != 0 || there <= ushort.MaxValue)
        {
            dissection.Mark(UdpHeader.LayerName, $"length of {length} bytes");
        }

        TunnelDissector.DissectByPort(ref dissection, header.DestinationPort);
    }

    private static void DissectSctp(ref Dissection dissection)
    {
        if (dissection.Has(PortsLength, SctpHeader.LayerName))
        {
            ReadOnlySpan<byte> rest = dissection.Rest;
            ReadOnlySpan<byte> chunks = rest.Length > SctpHeader.FixedLength ? rest[SctpHeader.FixedLength..] : default;
            dissection.Add(new SctpHeader(dissection.Header(SctpHeader.FixedLength), chunks));
        }
    }

    private static void DissectMobility(ref Dissection dissection)
    {
        if (dissection.Has(MobilityHeader.FixedLength, IpProtocol.Name(IpProtocol.Mobility)))
        {
            dissection.Add(new MobilityHeader(dissection.Header((dissection.Rest[1] + 1) * 8)));
        }
    }

    private static void DissectIcmp(ref Dissection dissection)
    {
        if (!dissection.Has(IcmpMessage.FixedLength, IcmpMessage.LayerName))
        {
            return;
        }

        var message = new IcmpMessage(dissection.Header(IcmpMessage.FixedLength));
        dissection.Add(message);
        if (message.IsError)
        {
            Quote(ref dissection, LinkType.Ipv4, message.QuotedLength);
        }
    }

    private static void DissectIcmpv6(ref Dissection dissection)
    {
        if (!dissection.Has(Icmpv6Message.FixedLength, Icmpv6Message.LayerName))
        {
            return;
        }

        // A neighbour discovery message is header to its end.
        int options = Icmpv6Message.OptionsOffset(dissection.Rest[0]);
        int length = options == 0 ? Icmpv6Message.FixedLength : Math.Max(options, dissection.Remaining);
        var message = new Icmpv6Message(dissection.Header(length));
        bool whole = dissection.Add(message);
        if (message.IsError)
        {
            Quote(ref dissection, LinkType.Ipv6, message.QuotedLength);
        }
        else if (whole && !NeighborDiscoveryOption.AreWellFormed(message.OptionBytes))
        {
            dissection.Mark(Icmpv6Message.LayerName, "malformed options");
        }
    }

    private static void Quote(ref Dissection dissection, LinkType link, int quotedLength)
    {
        if (dissection.Rest.IsEmpty)
        {
            return;
        }

        dissection.Quoted = link;
        if (quotedLength > 0 && quotedLength < dissection.Remaining)
        {
            dissection.Limit(dissection.Position, quotedLength, "quote");
        }
    }
}
