using DropMon.Kernel.Btf;
using DropMon.Native;
using DropMon.Netlink;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Sources.NetDm;

/// <summary>Delivers the alerts of the kernel's drop monitor.</summary>
/// <param name="descriptor">What it is.</param>
/// <param name="options">How to use it.</param>
/// <param name="lostInSummary">An option of the filter that summaries could not answer; null for none.</param>
internal sealed class NetDmSource(NetDmDescriptor descriptor, NetDmOptions options, string? lostInSummary) : IDropSource
{
    // One system call fetches this many alerts; the kernel writes one datagram per alert.
    private const int BatchSize = 256;

    // Room for an alert's attributes besides the payload: about 250 bytes, names of 40 and 16 bytes included.
    private const int AttributeRoom = 1024;
    private const int LargestPayload = 65535; // NET_DM_MAX_PACKET_SIZE, rounded up
    private const int SummaryRoom = 8192; // 64 points (dm_hit_limit) and the hardware entries

    // More than this in one look means that more will follow at once: look again soon instead of at every datagram.
    private const int BusyThreshold = 16;
    private const int BusyWaitMilliseconds = 2;

    private const int QuietMilliseconds = 20;
    private const int MostQuietingMilliseconds = 500;

    // After this much silence the source checks whether the drop monitor is still on: the kernel does not notify when it is turned off.
    // Where drops came until a moment ago silence means most; where it goes on it means less and less.
    private const int FirstLookMilliseconds = 1000;
    private const int LongestSilenceMilliseconds = 8000;
    private static readonly TimeSpan SummaryInterval = TimeSpan.FromSeconds(1); // dm_delay

    private readonly List<string> _notes = [];
    private readonly List<string> _warnings = [];
    private NetDmClient? _client;
    private NetlinkEventSocket? _events;
    private DatagramBatch? _batch;
    private NetDmSwitch? _switch;
    private NetDmTally? _tally;
    private long _malformed;
    private volatile SourceTotals? _finalTotals;

    public SourceDescriptor Descriptor => descriptor;

    public SourceSettings Settings => new(
        $"in {Configuration.Mode} mode, " +
        $"{(Configuration.TruncationLength == 0 ? "whole packets" : $"{Configuration.TruncationLength} bytes per packet")}, queue of " +
        $"{Configuration.QueueLength} alerts per CPU")
    {
        Mode = Configuration.Mode,
        TruncationLength = (int)Configuration.TruncationLength,
        QueueLength = (int)Configuration.QueueLength,
        ListensAlong = IsListeningAlong,
    };

    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_notes)
            {
                return [.. _notes];
            }
        }
    }

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_notes)
            {
                return [.. _warnings, .. _switch?.Notes ?? []];
            }
        }
    }

    public TimeSpan ReportingDelay => Configuration.Mode == DropAlertMode.Summary ? SummaryInterval : TimeSpan.Zero;

    /// <summary>The kernel names reasons itself; the table tells whose they are.</summary>
    public KernelReasonTable? Reasons { get; } = new(new Dictionary<uint, string>(), new KernelBtf());

    /// <summary>The configuration in force: ours, or that of the process that enabled the drop monitor.</summary>
    public NetDmConfiguration Configuration { get; private set; }

    /// <summary>Whether another process enabled the drop monitor and this source only listens along.</summary>
    public bool IsListeningAlong => _switch is { IsForeign: true };

    public void Open()
    {
        try
        {
            _client = Connect();
            _events = new NetlinkEventSocket(NetlinkSocket.Generic, options.ReceiveBuffer);
            Join(_events, _client.Family.Group(NetDmClient.EventsGroup));
            _tally = new NetDmTally(_client);
            _switch = NetDmSwitch.Acquire(_client, options, new NetDmListeners(_client, _events.Table, _events.PortId));
            Configuration = _switch.Configuration;
            RequireMode();
            _batch = new DatagramBatch(BatchSize, DatagramRoom(Configuration));
            NoteBuffer();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the drop monitor could be opened; turns nothing on.</summary>
    /// <returns>Null for yes; else the reason.</returns>
    public static DropMonException? Probe()
    {
        try
        {
            using NetDmClient client = Connect();
            using var events = new NetlinkEventSocket(NetlinkSocket.Generic, NetDmOptions.DefaultReceiveBuffer);
            Join(events, client.Family.Group(NetDmClient.EventsGroup));
            _ = client.GetConfiguration();
            return null;
        }
        catch (DropMonException error)
        {
            return error;
        }
    }

    public void Run(IRawDropConsumer consumer, SourceControl control)
    {
        var poller = new Poller(control.StopHandle, control.FlushHandle, _events!.Handle);
        var commands = new Poller(control.StopHandle, control.FlushHandle);
        int silence = FirstLookMilliseconds;
        while (true)
        {
            int received = Drain(consumer);
            silence = received > 0 ? FirstLookMilliseconds : silence;
            bool busy = received > BusyThreshold;
            Poller waiting = busy ? commands : poller;
            // A full batch means that more is there: no waiting, but a storm must not keep anybody from stopping it.
            int patience = received == BatchSize ? 0 : busy ? BusyWaitMilliseconds : silence;
            if (!waiting.Wait(patience) && !busy)
            {
                LookAfterSwitch(consumer);
                silence = Math.Min(silence * 2, LongestSilenceMilliseconds);
            }

            if (waiting.IsReady(0))
            {
                break;
            }

            if (waiting.IsReady(1))
            {
                long flush = control.BeginFlush();
                DrainUntilQuiet(consumer);
                control.EndFlush(flush);
            }
        }

        Finish(consumer);
    }

    public SourceTotals ReadTotals() => _finalTotals ?? CurrentTotals();

    public void Dispose()
    {
        try
        {
            _switch?.Dispose();
        }
        finally
        {
            _events?.Dispose();
            _batch?.Dispose();
            _client?.Dispose();
        }
    }

    // The kernel hands alerts to a work queue of each CPU: those of drops before now come a little later. Under steady
    // drops they never end, so the wait does.
    private void DrainUntilQuiet(IRawDropConsumer consumer)
    {
        var events = new Poller(_events!.Handle);
        long deadline = Environment.TickCount64 + MostQuietingMilliseconds;
        while (Environment.TickCount64 < deadline && events.Wait(QuietMilliseconds))
        {
            Drain(consumer);
        }
    }

    private void Finish(IRawDropConsumer consumer)
    {
        DrainUntilQuiet(consumer);
        _events!.Leave(_client!.Family.Group(NetDmClient.EventsGroup));
        while (Drain(consumer) > 0)
        {
        }

        _finalTotals = CurrentTotals();
        if (!_switch!.IsReleased && WasTurnedOff())
        {
            Warn("Another process turned the drop monitor off meanwhile: later drops are missing and not counted.");
        }
    }

    private bool WasTurnedOff()
    {
        try
        {
            return !_client!.IsOn();
        }
        catch (NetlinkException error) when (error.Errno == Errno.ENOENT)
        {
            // The module was unloaded, which the kernel allows only when the monitor is off; perhaps it is back under another id.
            return true;
        }
    }

    private void LookAfterSwitch(IRawDropConsumer consumer)
    {
        bool isReloaded = _tally!.LookForReload();
        if (isReloaded)
        {
            Join(_events!, _client!.Family.Group(NetDmClient.EventsGroup));
        }

        // Keeps the counts, should the module go.
        _ = _tally.Read();
        if (_switch!.IsReleased || (!isReloaded && _client!.IsOn()))
        {
            return;
        }

        _switch = _switch.Renew();
        Configuration = _switch.Configuration;
        _batch!.Dispose();
        _batch = new DatagramBatch(BatchSize, DatagramRoom(Configuration));
        Warn((isReloaded ? "The drop monitor's module was unloaded" : "Another process turned the drop monitor off")
            + $": DropMon turned it on again when it noticed, within {LongestSilenceMilliseconds / 1000} seconds, at " +
                $"{DateTimeOffset.Now:T}. The drops in between are missing and not counted.");
        consumer.NoteWarning();
    }

    private void Warn(string sentence)
    {
        lock (_notes)
        {
            _warnings.Add(sentence);
        }
    }

    private static NetDmClient Connect() => NetDmClient.TryConnect() ?? throw (FirstNetworkNamespace.IsCurrent
        ? new KernelFeatureMissingException(
            "NetDmMissing",
            "This kernel has no drop monitor: it has no generic netlink family NET_DM and no module drop_monitor to load.",
            "Install the module (Debian: linux-image-amd64; Fedora: kernel-modules-extra; others: CONFIG_NET_DROP_MONITOR=m).")
        : new KernelFeatureMissingException(
            "NetDmElsewhere",
            "The drop monitor is reachable only from the kernel's initial network namespace, and this is another one.",
            $"Run on the host: nsenter --target 1 --net {CommandId.Program}; or in a container with --network host."));

    private static void Join(NetlinkEventSocket socket, uint group)
    {
        try
        {
            socket.Join(group);
        }
        catch (SyscallException error) when (error.Errno is Errno.EPERM or Errno.EACCES)
        {
            // Since Linux 6.7, and in stable kernels since December 2023, the group asks for CAP_SYS_ADMIN as well.
            throw new PrivilegeException(
                "Joining the drop monitor's multicast group was refused.", "CAP_NET_ADMIN and CAP_SYS_ADMIN", error);
        }
    }

    private static int DatagramRoom(NetDmConfiguration configuration)
    {
        int payload = configuration.TruncationLength is 0 or > LargestPayload ? LargestPayload : (int)configuration.TruncationLength;
        return configuration.Mode == DropAlertMode.Summary ? SummaryRoom : payload + AttributeRoom;
    }

    private SourceTotals CurrentTotals() => new(DropLosses.Of(
        (LossCause.KernelQueue, _tally!.Read()), (LossCause.Socket, _events!.Overruns),
        (LossCause.Malformed, Interlocked.Read(ref _malformed))));

    // Who had it on before has the say about its mode.
    private void RequireMode()
    {
        if (Configuration.Mode == DropAlertMode.Summary && lostInSummary is not null)
        {
            throw new OptionException(
                $"{(IsListeningAlong ? "Another process" : "Another DropMon session")} enabled the drop monitor in summary mode. A " +
                $"summary reports only the place and the number of drops, so {lostInSummary} would match nothing.",
                IsListeningAlong
                    ? $"Take it over with {OptionId.Force}, or leave out {lostInSummary}."
                    : $"Leave out {lostInSummary}, or end the other session first.");
        }
    }

    private void NoteBuffer()
    {
        if (_events!.ReceiveBufferSize < options.ReceiveBuffer)
        {
            _notes.Add(
                $"The kernel gave the socket a buffer of {_events.ReceiveBufferSize} bytes, not {options.ReceiveBuffer}. Fix: grant " +
                "CAP_NET_ADMIN, or raise net.core.rmem_max.");
        }
    }

    private int Drain(IRawDropConsumer consumer)
    {
        int received = _batch!.Receive(_events!.Handle);
        if (received < 0)
        {
            // Overruns are counted by the socket; anything else ends the source.
            return received == -Errno.ENOBUFS
                ? 0
                : throw new SyscallException("recvmmsg", -received, "Receiving alerts from the drop monitor");
        }

        for (int i = 0; i < received; i++)
        {
            ReadOnlySpan<byte> datagram = _batch.Datagram(i, out bool truncated);
            if (!NetDmDatagramDecoder.Deliver(datagram, _client!.Family.Id, consumer) || truncated)
            {
                Interlocked.Increment(ref _malformed);
            }
        }

        if (received > 0)
        {
            consumer.EndBatch();
        }

        return received;
    }
}
