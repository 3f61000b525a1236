using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Sources.NetDm;

/// <summary>Restores the drop monitor to the state in which DropMon found it, unless another process owns it by now.</summary>
internal static class NetDmRestoration
{
    /// <summary>Turns off what DropMon turned on and restores the former state; what another process has set since is left alone.</summary>
    /// <returns>A sentence where it was left alone, else null.</returns>
    public static string? Perform(NetDmClient client, NetDmOwnershipRecord record)
    {
        try
        {
            if (FindOther(client, record) is { } found)
            {
                // As it was before DropMon, and off: there is nothing to give back and nothing to tell.
                return found == record.FormerConfiguration && !client.IsOn()
                    ? null
                    : $"Another process has configured the drop monitor since DropMon did ({Describe(found)}): its configuration and its " +
                        "state are left alone.";
            }

            // The process that turned it off wants it off, even if it is the one that had it on before DropMon took it over.
            Restore(client, client.IsOn() ? record : record with { TookOver = false });
        }
        catch (NetlinkException error) when (error.Errno == Errno.ENOENT)
        {
            // The module was unloaded, and all that was turned on went with it.
        }

        return null;
    }

    /// <summary>The same, if no other process can have intervened.</summary>
    public static void Restore(NetDmClient client, NetDmOwnershipRecord record)
    {
        client.Stop(record.Parts);
        // Refused if another process has hardware drops on, or has just turned it on for itself: that process then configures it.
        if (client.TryConfigure(record.FormerConfiguration) && record.TookOver)
        {
            // Each by itself, lest one that is on keep the other off.
            foreach (NetDmParts part in (NetDmParts[])[NetDmParts.Software, NetDmParts.Hardware])
            {
                if (record.FormerParts.HasFlag(part))
                {
                    client.TryStart(part);
                }
            }
        }
    }

    /// <summary>
    /// The configuration in force, if it is not DropMon's; else null. The kernel changes it only while the monitor is off: so another
    /// process has turned DropMon's off, and what is there now, on or off, is his.
    /// </summary>
    public static NetDmConfiguration? FindOther(NetDmClient client, NetDmOwnershipRecord record) =>
        client.GetConfiguration() is var found && found != record.Configuration ? found : null;

    /// <summary>Whether what DropMon turned on is on still, and others listen.</summary>
    public static bool IsListenedTo(NetDmClient client, NetDmOwnershipRecord record, INetDmListeners listeners)
    {
        try
        {
            return listeners.CountOthers() > 0 && client.IsOn() && FindOther(client, record) is null;
        }
        catch (NetlinkException error) when (error.Errno == Errno.ENOENT)
        {
            // The module was unloaded, which the kernel allows only when the monitor is off.
            return false;
        }
    }

    /// <summary>A configuration in words.</summary>
    public static string Describe(NetDmConfiguration configuration) =>
        $"mode {configuration.Mode}, truncation {configuration.TruncationLength}, queue {configuration.QueueLength}";
}
