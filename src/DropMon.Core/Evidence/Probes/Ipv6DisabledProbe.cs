using System.Globalization;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Interfaces on which IPv6 is switched off.</summary>
internal sealed class Ipv6DisabledProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new(
        "IPV6DISABLED")
    { Functions = ["ip6_rcv_core", "ipv6_rcv", "ipv6_list_rcv", "ip6_output"] };

    private const string ConfigurationPath = "/proc/sys/net/ipv6/conf";

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = Machine.ListDirectory(ConfigurationPath);
        if (names.Count == 0)
        {
            yield return Found(
                query, "IPv6", $"{ConfigurationPath} is empty or cannot be read: this kernel runs without IPv6, or /proc/sys is hidden.",
                    null, EvidenceVerdict.Neutral, ConfigurationPath);
        }

        int shown = 0;
        foreach (string name in names.Where(name => name is not ("all" or "default") && query.Concerns(name)).Order(StringComparer.Ordinal))
        {
            string path = $"{ConfigurationPath}/{name}/disable_ipv6";
            if (Machine.ReadNumber(path) is { } setting && (setting != 0 || query.InterfaceName is not null))
            {
                shown++;
                yield return Found(
                    query,
                    $"disable_ipv6 of {name}",
                    setting != 0 ? "IPv6 is switched off there now." : "IPv6 is switched on there now.",
                    setting.ToString(CultureInfo.InvariantCulture),
                    setting != 0 && query is { DecidingReason: not null, InterfaceName: not null }
                        ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                    path);
            }
        }

        if (names.Count > 0 && shown == 0)
        {
            yield return Found(
                query,
                query.InterfaceName ?? "interfaces",
                query.InterfaceName is null
                    ? "IPv6 is switched off on none of this network namespace's interfaces now. Other namespaces were not looked at."
                    : "Its setting cannot be read: there is no such interface in this network namespace now.",
                null,
                EvidenceVerdict.Neutral,
                ConfigurationPath);
        }
    }
}
