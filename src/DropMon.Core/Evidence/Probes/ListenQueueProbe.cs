using System.Globalization;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Listening sockets whose queue of accepted connections is full.</summary>
internal sealed class ListenQueueProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("TCP_LISTEN_OVERFLOW")
    {
        Functions = ["tcp_conn_request", "tcp_v4_rcv", "tcp_v6_rcv", "tcp_v4_do_rcv", "tcp_v6_do_rcv", "tcp_rcv_state_process"],
    };

    private const string LimitPath = "/proc/sys/net/core/somaxconn";
    private static readonly string[] Arguments = ["-H", "-l", "-n", "-t", "-p"];

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        yield return Machine.ReadNumber(LimitPath) is { } most
            ? Found(query, "net.core.somaxconn", $"No accept queue may be longer than {most}.", most.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Neutral, LimitPath)
            : Unreadable(query, LimitPath);

        // The queue's own limit is in no file of /proc: ss asks for it through sock_diag.
        string? output = RunText(query, "ss", Arguments, cancellationToken, out DropEvidence? excuse);
        if (excuse is not null)
        {
            yield return excuse;
        }

        foreach (string line in (output ?? "").Split('\n'))
        {
            // LISTEN 129 128 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=1,fd=6))
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 5
                || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long waiting)
                || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out long limit)
                || (query.DestinationPort is { } port && !fields[3].EndsWith($":{port}", StringComparison.Ordinal)))
            {
                continue;
            }

            // The kernel lets one more in than the limit says (sk_acceptq_is_full).
            bool full = waiting > limit;
            if (full || query.DestinationPort is not null)
            {
                yield return Found(
                    query,
                    fields.Length > 5 ? $"tcp {fields[3]} of {fields[5]}" : $"tcp {fields[3]}",
                    full ? $"Its accept queue is full now: {waiting} connections wait, the limit is {limit}." : $"{waiting} connections wait to be accepted now, the limit is {limit}.",
                    string.Create(CultureInfo.InvariantCulture, $"{waiting}/{limit}"),
                    full ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                    CommandLine("ss", Arguments));
            }
        }
    }
}
