using DropMon.Text;

namespace DropMon.Sources.NetDm;

/// <summary>How the drop monitor came to be on for a session.</summary>
/// <param name="Configuration">The configuration in force.</param>
/// <param name="Notes">What was found and done, in sentences.</param>
/// <param name="Participant">This session, if DropMon holds the drop monitor on; null if another process does.</param>
/// <param name="Record">The record of that, as it was written.</param>
internal sealed record NetDmAcquisition(
    NetDmConfiguration Configuration, List<string> Notes, NetDmParticipant? Participant = null, NetDmOwnershipRecord? Record = null)
{
    /// <summary>
    /// Joins the sessions that hold the monitor on, turns it on, or listens along; cleans up after sessions that died.
    /// </summary>
    public static NetDmAcquisition JoinOrTurnOn(NetDmSwitchContext context)
    {
        NetDmOwnership ownership = context.Ownership;
        var notes = new List<string>();
        NetDmParticipant self = NetDmParticipant.ThisProcess();
        using IDisposable held = ownership.Lock(notes);
        NetDmOwnershipRecord? record = Reclaim(context, ownership.Read(notes), notes);
        return record is null ? TurnOn(context, self, notes) : Join(context, record, self, notes);
    }

    private static NetDmAcquisition Join(NetDmSwitchContext context, NetDmOwnershipRecord record, NetDmParticipant self, List<string> notes)
    {
        var (client, ownership, _, options) = context;
        if (record.Participants.Count > 0)
        {
            notes.Add(
                "Another DropMon session enabled the drop monitor: its configuration stays in force " +
                $"({NetDmRestoration.Describe(record.Configuration)}).");
        }

        if (!client.IsOn())
        {
            record = TurnOnAgain(client, record);
            notes.Add("Another process turned it off since: it is on again.");
        }

        // Already on, it is another process's.
        if (options.Hardware && !record.Hardware && client.TryStart(NetDmParts.Hardware))
        {
            record = record with { Hardware = true };
        }

        NetDmConfiguration inForce = client.GetConfiguration();
        record = record.Join(self);
        ownership.Keep(record, notes);
        return new NetDmAcquisition(inForce, notes, self, record);
    }

    private static NetDmAcquisition TurnOn(NetDmSwitchContext context, NetDmParticipant self, List<string> notes)
    {
        var (client, ownership, listeners, options) = context;
        NetDmConfiguration former = client.GetConfiguration();
        bool isOn = client.IsOn();
        if (isOn && !options.Force)
        {
            return ListenAlong(context, former, self, notes);
        }

        // The record comes first: killed in between, a session leaves a record that claims too much, and never a drop monitor that is on
        // without an owner.
        NetDmOwnershipRecord record = new NetDmOwnershipRecord(former, options.Configuration, options.Hardware, TookOver: isOn, [])
        {
            FormerParts = isOn ? client.PartsOn() : NetDmParts.None,
        }.Join(self);
        ownership.Keep(record, notes);
        try
        {
            if (isOn)
            {
                client.Stop(NetDmParts.Both);
                notes.Add(
                    $"Took over a drop monitor that another process enabled ({NetDmRestoration.Describe(former)}, " +
                    $"{Listeners(listeners)}); at the end it is left on with that configuration.");
            }

            if (TryTurnOn(client, record))
            {
                return new NetDmAcquisition(options.Configuration, notes, self, record);
            }
        }
        catch
        {
            NetDmRestoration.Restore(client, record);
            ownership.Write(null);
            throw;
        }

        // Another process was faster.
        ownership.Write(null);
        return isOn
            ? throw new MonitorConflictException("Another process enabled the drop monitor again during the takeover.")
            : ListenAlong(context, client.GetConfiguration(), self, notes);
    }

    // What a session that died left on is turned off, unless others have come to listen.
    private static NetDmOwnershipRecord? Reclaim(NetDmSwitchContext context, NetDmOwnershipRecord? record, List<string> notes)
    {
        var (client, ownership, listeners, options) = context;
        if (record is not null && options.Force)
        {
            // Whether they are alive is not visible from here.
            record = record with { Participants = [.. record.Participants.Where(participant => !participant.IsElsewhere)] };
        }

        if (record is not { Participants.Count: 0 })
        {
            return record;
        }

        if (NetDmRestoration.IsListenedTo(client, record, listeners))
        {
            notes.Add(
                $"A DropMon session that enabled the drop monitor ended and left it on for other listeners ({Listeners(listeners)}).");
            return record;
        }

        notes.Add(
            NetDmRestoration.Perform(client, record)
                ?? "A DropMon session that enabled the drop monitor ended without turning it off: reclaimed.");
        ownership.Write(null);
        return null;
    }

    private static NetDmAcquisition ListenAlong(
        NetDmSwitchContext context, NetDmConfiguration inForce, NetDmParticipant self, List<string> notes)
    {
        // On for hardware drops only, it would tell nothing of software's: that part is off, and ours to turn on.
        if (context.Client.TryStart(NetDmParts.Software))
        {
            notes.Add(
                $"Another process enabled the drop monitor for hardware drops ({NetDmRestoration.Describe(inForce)}): software drops " +
                "were added; the rest is unchanged.");
            NetDmOwnershipRecord record = new NetDmOwnershipRecord(inForce, inForce, Hardware: false, TookOver: false, []).Join(self);
            context.Ownership.Keep(record, notes);
            return new NetDmAcquisition(inForce, notes, self, record);
        }

        notes.Add(
            $"Another process enabled the drop monitor ({NetDmRestoration.Describe(inForce)}, {Listeners(context.Listeners)}): listening " +
            $"along; its configuration and its state are left alone. {OptionId.Force} takes it over.");
        if (context.Options.Hardware && !context.Client.PartsOn().HasFlag(NetDmParts.Hardware))
        {
            notes.Add($"It does not report hardware drops, so they are missing: {OptionId.Force} takes it over and turns them on.");
        }

        return new NetDmAcquisition(inForce, notes);
    }

    private static bool TryTurnOn(NetDmClient client, NetDmOwnershipRecord record) =>
        client.TryConfigure(record.Configuration) && client.TryStart(record.Parts);

    /// <summary>Turns the monitor on again that a record says is on.</summary>
    /// <returns>The record from now on.</returns>
    // The process that turned it off wants it off afterwards, with the configuration that it left.
    public static NetDmOwnershipRecord TurnOnAgain(NetDmClient client, NetDmOwnershipRecord record)
    {
        NetDmConfiguration former = NetDmRestoration.FindOther(client, record) ?? record.FormerConfiguration;
        return TryTurnOn(client, record) ? record with { FormerConfiguration = former, TookOver = false } : record;
    }

    /// <summary>How many others listen, in words.</summary>
    public static string Listeners(INetDmListeners listeners) => listeners.CountOthers() switch
    {
        0 => "no listeners",
        1 => "one listener",
        int count => $"{count} listeners",
    };
}
