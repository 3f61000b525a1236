using DropMon.Monitoring.Preflight;
using DropMon.Native;
using DropMon.Netlink;
using DropMon.Text;

namespace DropMon.Sources.NetDm.Checks;

/// <summary>Who has the drop monitor on. It is one switch for the whole machine, without an owner.</summary>
internal sealed class DropMonitorStateCheck : IPreflightCheck
{
    public string Name => "DropMonitorState";

    public PreflightResult Run(PreflightContext context)
    {
        using NetDmClient? client = context.IsFirstNetworkNamespace ? NetDmClient.TryConnect() : null;
        if (client is null)
        {
            return new PreflightResult(Name, PreflightStatus.Skipped, "There is no drop monitor here.");
        }

        try
        {
            return Describe(client);
        }
        catch (NetlinkException error) when (error.Kind == DropMonErrorKind.PermissionDenied)
        {
            return new PreflightResult(
                Name, PreflightStatus.Skipped, "Whether the drop monitor is on is visible only with CAP_NET_ADMIN.",
                "Run as root, or grant CAP_NET_ADMIN.");
        }
    }

    private PreflightResult Describe(NetDmClient client)
    {
        NetDmOwnershipRecord? record = new NetDmOwnership(NetDmOwnership.DefaultDirectory).Read([]);
        NetDmConfiguration configuration = client.GetConfiguration();
        string settings = $"mode {configuration.Mode}, truncation {configuration.TruncationLength}, queue {configuration.QueueLength}";
        using var sockets = new NetlinkTable();
        int listeners = new NetDmListeners(client, sockets, ownPort: 0).CountOthers();
        if (!client.IsOn())
        {
            return new PreflightResult(Name, PreflightStatus.Passed, $"Off ({settings}).");
        }

        if (record is { Participants.Count: > 0 })
        {
            return new PreflightResult(
                Name, PreflightStatus.Passed,
                $"On, enabled by DropMon in process {string.Join(", ", record.Participants.Select(p => p.ProcessId).Distinct())} " +
                $"({settings}, {listeners} listening).");
        }

        return record is not null
            ? new PreflightResult(
                Name, PreflightStatus.Warning, $"On, left on by a DropMon session that was killed ({settings}, {listeners} listening).",
                $"Start and stop a session: {CommandId.Watch} {OptionId.Duration.With("1")}")
            : new PreflightResult(
                Name, PreflightStatus.Warning,
                $"On, enabled by another process ({settings}, {listeners} listening). DropMon would listen along with that configuration.",
                $"{CommandId.Watch} {OptionId.Force} takes it over; to turn it off, run dropwatch and enter stop");
    }
}
