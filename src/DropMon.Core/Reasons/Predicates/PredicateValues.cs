using System.Globalization;
using System.Text.RegularExpressions;

namespace DropMon.Reasons.Predicates;

/// <summary>Which predicates there are, and which values each can be compared with.</summary>
internal static class PredicateValues
{
    /// <summary>The subject as the knowledge file writes it; null where there is none of that name.</summary>
    public static PredicateSubject? FindSubject(string name) => name switch
    {
        "kernel" => PredicateSubject.Kernel,
        "ip" => PredicateSubject.Ip,
        "to" => PredicateSubject.To,
        "from" => PredicateSubject.From,
        "frame" => PredicateSubject.Frame,
        "vlan" => PredicateSubject.Vlan,
        "protocol" => PredicateSubject.Protocol,
        "icmp" => PredicateSubject.Icmp,
        "checksum" => PredicateSubject.Checksum,
        "length" => PredicateSubject.Length,
        "fragment" => PredicateSubject.Fragment,
        "ethertype" => PredicateSubject.EtherType,
        "device" => PredicateSubject.Device,
        _ => null,
    };

    public static bool Has(PredicateSubject subject, string value) => subject switch
    {
        PredicateSubject.Kernel => value == KernelFacts.AnyReason || Regex.IsMatch(value, "^[A-Z][A-Z0-9_]+$"),
        PredicateSubject.Ip => value is "4" or "6",
        PredicateSubject.To => value is "multicast" or "local-multicast" or "broadcast" or "loopback" or "unicast",
        PredicateSubject.From => value is "invalid" or "loopback" or "unspecified" or "unicast",
        PredicateSubject.Frame => value is "broadcast" or "multicast" or "unicast" or "own",
        PredicateSubject.Vlan => value is "tagged",
        PredicateSubject.Protocol => ProtocolNumber(value) is not null,
        PredicateSubject.Icmp => byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        PredicateSubject.Checksum => value is "right" or "wrong",
        PredicateSubject.Length => value is "right" or "short",
        PredicateSubject.Fragment => value is "part" or "whole",
        PredicateSubject.EtherType => value is "none" or "some" or "handled",
        PredicateSubject.Device => Regex.IsMatch(value, "^[a-z0-9_]+$"),
        _ => false,
    };

    public static byte Number(string value) => ProtocolNumber(value)!.Value;

    private static byte? ProtocolNumber(string value) => value switch
    {
        "icmp" => 1,
        "igmp" => 2,
        "tcp" => 6,
        "udp" => 17,
        "icmp6" => 58,
        "none" => 59, // IPPROTO_NONE: nothing follows the IPv6 header
        _ => byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) ? number : null,
    };
}
