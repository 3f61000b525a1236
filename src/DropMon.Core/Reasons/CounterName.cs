namespace DropMon.Reasons;

/// <summary>
/// A counter of the kernel's: the group it is printed in and its name there, both in the kernel's spelling.
/// Groups: <c>Ip</c>, <c>Icmp</c>, <c>Tcp</c>, <c>Udp</c>, <c>UdpLite</c> (/proc/net/snmp), <c>Ip6</c>, <c>Icmp6</c>, <c>Udp6</c>,
/// <c>UdpLite6</c> (/proc/net/snmp6, whose names begin with the group), <c>TcpExt</c>, <c>IpExt</c>, <c>MPTcpExt</c>
/// (/proc/net/netstat), <c>Xfrm</c> (/proc/net/xfrm_stat), <c>Sctp</c>, <c>Device</c>, <c>Softnet</c>, <c>Qdisc</c>, <c>Neighbour</c>,
/// <c>Socket</c> and others that <see cref="CounterMap"/> lists.
/// </summary>
internal sealed record CounterName(string Group, string Name)
{
    /// <summary>The group of the counts that each socket keeps for itself (sk_drops).</summary>
    public const string SocketGroup = "Socket";

    /// <summary>Splits <c>Udp.InErrors</c> at its first dot.</summary>
    /// <exception cref="FormatException">There is no dot with text on both sides.</exception>
    public static CounterName Parse(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == text.Length - 1)
        {
            throw new FormatException($"'{text}' is not a counter: write group.name, as in Udp.InErrors.");
        }

        return new CounterName(text[..dot], text[(dot + 1)..]);
    }

    public override string ToString() => $"{Group}.{Name}";
}
