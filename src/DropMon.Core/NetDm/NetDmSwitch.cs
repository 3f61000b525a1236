using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.NetDm;

/// <summary>
/// Holds the drop monitor on. The kernel's monitor is one global switch without an owner: what somebody else turned on is
/// left alone; what DropMon turned on is turned off, and its former configuration restored, by the last that uses it.
/// </summary>
internal sealed class NetDmSwitch : IDisposable
{
    private readonly NetDmClient _client;
    private readonly NetDmOwnership _ownership;
    private readonly ExitGuard? _guard;
    private readonly NetDmParticipant? _participant;
    private readonly NetDmOwnershipRecord? _joined;
    private int _released;

    private NetDmSwitch(NetDmClient client, NetDmOwnership ownership, NetDmConfiguration configuration, IReadOnlyList<string> notes, NetDmParticipant? participant = null, NetDmOwnershipRecord? joined = null)
    {
        _client = client;
        _ownership = ownership;
        _participant = participant;
        _joined = joined;
        Configuration = configuration;
        Notes = notes;
        _guard = participant is null ? null : new ExitGuard(Release);
    }

    /// <summary>The configuration in force.</summary>
    public NetDmConfiguration Configuration { get; }

    /// <summary>Whether somebody other than DropMon turned the monitor on.</summary>
    public bool IsForeign => _participant is null;

    /// <summary>What was found and done, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Turns the monitor on, or joins in if it is on.</summary>
    /// <exception cref="PrivilegeException">The caller lacks CAP_NET_ADMIN.</exception>
    public static NetDmSwitch Acquire(NetDmClient client, NetDmOptions options)
    {
        try
        {
            return AcquireLocked(client, options, new NetDmOwnership(NetDmOwnership.DefaultDirectory));
        }
        catch (NetlinkException error) when (error.Errno is Errno.EPERM or Errno.EACCES)
        {
            throw new PrivilegeException("Turning on the kernel's drop monitor was refused.", "CAP_NET_ADMIN", error);
        }
    }

    internal static NetDmSwitch AcquireLocked(NetDmClient client, NetDmOptions options, NetDmOwnership ownership)
    {
        var notes = new List<string>();
        NetDmParticipant self = NetDmParticipant.ThisProcess();
        using IDisposable held = ownership.Lock(notes);
        NetDmOwnershipRecord? record = ownership.Read();
        if (record is { Participants.Count: 0 })
        {
            notes.Add("A DropMon session that had turned the drop monitor on ended without turning it off: reclaimed.");
            GiveBack(client, record);
            ownership.Write(null);
            record = null;
        }

        if (record is not null)
        {
            notes.Add("Another DropMon session turned the drop monitor on: its configuration stays in force.");
            if (client.TryStart(software: true, hardware: false))
            {
                notes.Add("Somebody had turned it off since: it is on again.");
            }

            if (options.Hardware && !record.Hardware)
            {
                client.TryStart(software: false, hardware: true);
                record = record with { Hardware = true };
            }

            NetDmConfiguration inForce = client.GetConfiguration();
            record = record.Join(self);
            ownership.Write(record);
            return new NetDmSwitch(client, ownership, inForce, notes, self, record);
        }

        NetDmConfiguration former = client.GetConfiguration();
        bool isOn = TryTurnOn(client, options);
        if (!isOn && !options.Force)
        {
            notes.Add($"Somebody else turned the drop monitor on ({Describe(former)}): listening along; its configuration and its switch are left alone. -Force takes it over.");
            return new NetDmSwitch(client, ownership, former, notes);
        }

        record = new NetDmOwnershipRecord(former, options.Hardware, TookOver: !isOn, []);
        try
        {
            if (record.TookOver)
            {
                TakeOver(client, options);
                notes.Add($"Took over a drop monitor that somebody else had turned on ({Describe(former)}); it will be on again with that configuration afterwards.");
            }

            record = record.Join(self);
            ownership.Write(record);
            return new NetDmSwitch(client, ownership, options.Configuration, notes, self, record);
        }
        catch (Exception error) when (error is not MonitorConflictException)
        {
            // Nobody would know whose it is.
            GiveBack(client, record);
            throw;
        }
    }

    public void Dispose()
    {
        _guard?.Dispose();
        Release();
    }

    private static bool TryTurnOn(NetDmClient client, NetDmOptions options)
    {
        try
        {
            client.Configure(options.Configuration);
        }
        catch (NetlinkException error) when (error.Errno == Errno.EBUSY)
        {
            return false;
        }

        return client.TryStart(software: true, options.Hardware);
    }

    private static void TakeOver(NetDmClient client, NetDmOptions options)
    {
        client.Stop(software: true, hardware: true);
        if (!TryTurnOn(client, options))
        {
            throw new MonitorConflictException("Somebody else turned the drop monitor on again while it was being taken over.");
        }
    }

    private static void GiveBack(NetDmClient client, NetDmOwnershipRecord record)
    {
        client.Stop(software: true, record.Hardware);
        try
        {
            client.Configure(record.FormerConfiguration);
        }
        catch (NetlinkException error) when (error.Errno == Errno.EBUSY)
        {
            // Somebody else turned it on in between, or has its hardware part on: theirs now.
            return;
        }

        if (record.TookOver)
        {
            client.TryStart(software: true, hardware: false);
        }
    }

    private static string Describe(NetDmConfiguration configuration) =>
        $"mode {configuration.Mode}, truncation {configuration.TruncationLength}, queue {configuration.QueueLength}";

    private void Release()
    {
        // The exit guard and Dispose may both come here, on different threads.
        if (_participant is null || Interlocked.Exchange(ref _released, 1) != 0)
        {
            return;
        }

        using IDisposable held = _ownership.Lock([]);
        // Whoever removed the record did not turn off the monitor.
        NetDmOwnershipRecord? record = (_ownership.Read() ?? _joined)?.Leave(_participant);
        if (record is { Participants.Count: 0 })
        {
            try
            {
                GiveBack(_client, record);
            }
            catch (NetlinkException error) when (error.Errno == Errno.ENOENT)
            {
                // The module was unloaded, and its configuration with it.
            }

            _ownership.Write(null);
        }
        else if (record is not null)
        {
            _ownership.Write(record);
        }
    }
}
