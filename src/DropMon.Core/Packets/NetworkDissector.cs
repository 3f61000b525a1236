namespace DropMon.Packets;

/// <summary>IPv4 and IPv6 with extension headers.</summary>
internal static class NetworkDissector
{
    public static void DissectIpv4(ref Dissection dissection)
    {
        if (!dissection.Has(Ipv4Header.FixedLength, Ipv4Header.LayerName) || !HasVersion(ref dissection, 4, Ipv4Header.LayerName))
        {
            return;
        }

        int start = dissection.Position;
        int length = Ipv4Header.MeasuredLength(dissection.Rest);
        if (length < Ipv4Header.FixedLength)
        {
            dissection.Mark(Ipv4Header.LayerName, $"header length of {length} bytes");
            return;
        }

        var header = new Ipv4Header(dissection.Header(length));
        bool whole = dissection.Add(header);
        dissection.Protocol = header.Protocol;
        if (!whole)
        {
            return;
        }

        if (header.TotalLength >= length)
        {
            dissection.Limit(start, header.TotalLength, Ipv4Header.LayerName);
        }
        else if (header.TotalLength != 0 || dissection.End - start <= ushort.MaxValue)
        {
            dissection.Mark(Ipv4Header.LayerName, $"total length of {header.TotalLength} bytes");
        }

        if (length > Ipv4Header.FixedLength && !OptionList.IsWellFormed(header.Bytes.Span[Ipv4Header.FixedLength..]))
        {
            dissection.Mark(Ipv4Header.LayerName, "malformed options");
        }

        dissection.IsFragment = header.IsFragment;
        if (header.FragmentOffset == 0)
        {
            TransportDissector.Dissect(ref dissection, header.Protocol);
        }
    }

    public static void DissectIpv6(ref Dissection dissection)
    {
        if (!dissection.Has(Ipv6Header.Length, Ipv6Header.LayerName) || !HasVersion(ref dissection, 6, Ipv6Header.LayerName))
        {
            return;
        }

        var header = new Ipv6Header(dissection.Header(Ipv6Header.Length));
        dissection.Add(header);
        dissection.Protocol = header.NextHeader;

        // 0 in a jumbogram: the option with the length may follow, and the kernel leaves it out inside the machine (BIG TCP).
        if (header.PayloadLength != 0 || (header.NextHeader != IpProtocol.HopByHop && dissection.Remaining <= ushort.MaxValue))
        {
            dissection.Limit(dissection.Position, header.PayloadLength, Ipv6Header.LayerName);
        }

        TransportDissector.Dissect(ref dissection, header.NextHeader);
    }

    /// <summary>Walks the headers between IP and transport. False when there is no transport header to look for.</summary>
    public static bool SkipExtensions(ref Dissection dissection, ref byte protocol)
    {
        bool isIpv6 = dissection.EtherType == EtherType.Ipv6;
        for (int count = 0; isIpv6 ? Ipv6Extension.IsOne(protocol) : protocol == IpProtocol.Authentication; count++)
        {
            string name = IpProtocol.Name(protocol);
            if (count == Ipv6Extension.MaximumCount)
            {
                dissection.Mark(name, $"more than {Ipv6Extension.MaximumCount} extension headers");
                return false;
            }

            if (!dissection.Has(Ipv6Extension.FixedLength(protocol), name))
            {
                return false;
            }

            ReadOnlySpan<byte> fixedPart = dissection.Rest;
            byte next = fixedPart[0];
            bool isLast = Ipv6Extension.IsLaterFragment(protocol, fixedPart);
            bool whole = AddExtension(ref dissection, protocol, Ipv6Extension.MeasuredLength(protocol, fixedPart));
            protocol = next;
            dissection.Protocol = next;
            if (isLast || !whole)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AddExtension(ref Dissection dissection, byte protocol, int length)
    {
        HeaderBytes header = dissection.Header(length);
        switch (protocol)
        {
            case IpProtocol.Routing:
                return dissection.Add(new Ipv6RoutingHeader(header));
            case IpProtocol.Authentication:
                return dissection.Add(new AuthenticationHeader(header));
            case IpProtocol.Fragment:
                var fragment = new Ipv6FragmentHeader(header);
                dissection.IsFragment = fragment.IsFragment;
                return dissection.Add(fragment);
            default:
                var options = new Ipv6OptionsHeader(header, protocol);
                if (!dissection.Add(options))
                {
                    return false;
                }

                if (!Ipv6Option.AreWellFormed(header.Bytes.Span[2..]))
                {
                    dissection.Mark(options.Name, "malformed options");
                }

                return true;
        }
    }

    private static bool HasVersion(ref Dissection dissection, int version, string layer)
    {
        int found = dissection.Rest[0] >> 4;
        if (found == version)
        {
            return true;
        }

        dissection.Mark(layer, $"version {found}");
        return false;
    }
}
