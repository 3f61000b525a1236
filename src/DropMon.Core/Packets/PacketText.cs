using System.Text;

namespace DropMon.Packets;

/// <summary>
/// A packet as one line. Made of numbers, addresses and names of ours only, so that no byte of the packet reaches a terminal as it is.
/// </summary>
internal static class PacketText
{
    public static string Of(Packet packet)
    {
        var text = new StringBuilder(96);
        Append(text, packet);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Packet packet)
    {
        AppendLink(text, packet);
        if (packet.Find<ArpMessage>() is { } arp)
        {
            arp.Describe(text);
            AppendLength(text, packet.Length);
        }
        else if (packet.Find<Ipv4Header>() is not null || packet.Find<Ipv6Header>() is not null)
        {
            AppendAddresses(text, packet);
            AppendContent(text, packet);
        }
        else
        {
            AppendUnknown(text, packet);
        }

        AppendMarks(text, packet);
    }

    private static void AppendLink(StringBuilder text, Packet packet)
    {
        foreach (PacketLayer layer in packet.Layers)
        {
            if (layer is VlanTag or MplsLabel or PppoeHeader)
            {
                layer.Describe(text);
                text.Append(", ");
            }
        }
    }

    private static void AppendAddresses(StringBuilder text, Packet packet)
    {
        text.Append(packet.SourceAddress);
        AppendPort(packet.SourcePort);
        text.Append(" > ").Append(packet.DestinationAddress);
        AppendPort(packet.DestinationPort);
        text.Append(": ");

        void AppendPort(int? port)
        {
            if (port is { } number)
            {
                text.Append('.').Append(number);
            }
        }
    }

    private static void AppendContent(StringBuilder text, Packet packet)
    {
        bool described = false;
        foreach (PacketLayer layer in packet.Layers)
        {
            if (layer is AuthenticationHeader or Ipv6RoutingHeader)
            {
                layer.Describe(text);
                text.Append(", ");
            }
            else if (IsContent(layer))
            {
                // A tunnel's name says enough of the UDP that carries it.
                if (layer is not UdpHeader || packet.Layers[^1] == layer)
                {
                    layer.Describe(text);
                    described = true;
                }
            }
        }

        if (!described)
        {
            text.Append(packet.Protocol);
        }

        if (packet.IsFragment)
        {
            AppendFragment(text.Append(", "), packet);
        }

        AppendCarried(text, packet);
    }

    private static void AppendCarried(StringBuilder text, Packet packet)
    {
        if (packet.Inner is { } inner)
        {
            Append(text.Append(": "), inner);
        }
        else if (packet.Quoted is { } quoted)
        {
            Append(text.Append(", quoting "), quoted);
        }
        else
        {
            AppendLength(text, packet.PayloadLength);
        }
    }

    private static bool IsContent(PacketLayer layer) =>
        layer is TcpHeader or UdpHeader or IcmpMessage or Icmpv6Message or SctpHeader or IgmpMessage or EspHeader
            or GreHeader or VxlanHeader or GeneveHeader or MobilityHeader;

    private static void AppendFragment(StringBuilder text, Packet packet)
    {
        if (packet.Find<Ipv6FragmentHeader>() is { } fragment)
        {
            fragment.Describe(text);
        }
        else if (packet.Find<Ipv4Header>() is { } ip)
        {
            FragmentText.Append(text, (uint)ip.Identification, ip.FragmentOffset, ip.MoreFragments);
        }
    }

    private static void AppendUnknown(StringBuilder text, Packet packet)
    {
        if (packet.Find<EthernetHeader>() is { } ethernet)
        {
            text.Append(ethernet.SourceMac).Append(" > ").Append(ethernet.DestinationMac).Append(", ");
        }

        text.Append(packet.Protocol ?? "unknown protocol");
        if (packet.Layers.Count == 0 && packet.TruncatedLayer is null && packet.Malformed is null)
        {
            text.Append(" behind an unknown link layer");
        }

        AppendLength(text, packet.Length);
    }

    private static void AppendLength(StringBuilder text, int length) => text.Append(", length ").Append(length);

    private static void AppendMarks(StringBuilder text, Packet packet)
    {
        if (packet.Malformed is { } finding)
        {
            text.Append(" [malformed ").Append(finding).Append(']');
        }

        if (packet.TruncatedLayer is { } layer)
        {
            text.Append(" [truncated in ").Append(layer).Append(']');
        }
        else if (packet.IsTruncated)
        {
            text.Append(" [truncated]");
        }
    }
}
