using System.Runtime.InteropServices;
using DropMon.Kernel.Btf;
using DropMon.Kernel.Tracing;
using DropMon.Logging;
using DropMon.Native;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Sources.Tracepoint;

/// <summary>Delivers the hits of the tracepoint skb:kfree_skb on every CPU, read through perf_event_open.</summary>
internal sealed class TracepointSource(TracepointDescriptor descriptor, TracepointOptions options) : IDropSource
{
    // Drops come in crowds: after one, looking again soon costs less, the sender above all, than a bell for each.
    private const int BusyWaitMilliseconds = 10;
    private const int FirstEvent = 2; // among what is waited for, after the two flags of the control
    private const int MostNotes = 20; // a machine that parks its CPUs every minute repeats itself

    private readonly List<string> _notes = [];
    private CpuEventSet? _cpus;
    private KfreeSkbSampleDecoder? _decoder;
    private readonly DoorbellTrust _trust = new();
    private readonly UnrecordedHits _unrecorded = new();
    private long _malformed;
    private volatile SourceTotals? _finalTotals;

    public SourceDescriptor Descriptor => descriptor;

    public SourceSettings Settings { get; } = new("on every CPU");

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

    public IReadOnlyList<string> Warnings => _unrecorded.Warnings;

    public TimeSpan ReportingDelay => TimeSpan.Zero;

    /// <summary>The running kernel's reason numbers and names; set by <see cref="Open"/>.</summary>
    public KernelReasonTable? Reasons { get; private set; }

    public void Open()
    {
        TracepointFormat format = KfreeSkbTracepoint.ReadFormat();
        var layout = new KfreeSkbLayout(format);
        Reasons = layout.HasReason ? new KernelReasonTable(format.Symbols("reason"), new KernelBtf()) : null;
        _decoder = new KfreeSkbSampleDecoder(layout, options.StackTrace);
        _unrecorded.LookAtIdleCpus();
        _cpus = new CpuEventSet(format.Id, options);
        DropMonEvents.Log.RingsCreated(Descriptor.Name, Plural.Of(_cpus.Events.Count, "ring"), $"{_cpus.RingSize}");
        if (!_cpus.FollowsChanges)
        {
            Note(
                "The kernel's CPU hotplug events are unavailable here: drops on a CPU that comes online later are missing and not " +
                "counted.");
        }
    }

    public void Run(IRawDropConsumer consumer, SourceControl control)
    {
        if (DoorbellProof.Try())
        {
            _trust.NoteProof();
        }

        Poller poller = PollerFor(control);
        bool armed = false;
        while (true)
        {
            bool busy = Drain(consumer) > 0;
            if (!busy && !armed)
            {
                _cpus!.ArmDoorbells();
                armed = true;
                // What came between the last look and the arming rang no bell.
                continue;
            }

            armed &= !busy;
            bool isInTime = poller.Wait(busy ? BusyWaitMilliseconds : _trust.Patience);
            if (!isInTime && !busy)
            {
                LookWithoutRing(consumer, poller);
            }

            if (poller.IsReady(0))
            {
                break;
            }

            if (poller.IsReady(1))
            {
                long flush = control.BeginFlush();
                Drain(consumer);
                control.EndFlush(flush);
            }

            armed &= !NoteRings(poller);
            if (MayCpusHaveChanged(poller) && FollowCpus(consumer, poller))
            {
                poller = PollerFor(control);
            }
        }

        Finish(consumer);
    }

    public SourceTotals ReadTotals() => _finalTotals ?? TotalsOf(_cpus!.ReportedLoss);

    public void Dispose() => _cpus?.Dispose();

    private Poller PollerFor(SourceControl control) => new([control.StopHandle, control.FlushHandle, .. _cpus!.Handles]);

    private bool NoteRings(Poller poller)
    {
        bool rang = false;
        bool wasArmedAgain = false;
        IReadOnlyList<CpuEvent> events = _cpus!.Events;
        for (int i = 0; i < events.Count; i++)
        {
            if (poller.IsReady(FirstEvent + (2 * i)))
            {
                wasArmedAgain |= events[i].Doorbell.NoteRing();
                rang = true;
            }
        }

        if (rang)
        {
            _trust.NoteRing(wasArmedAgain);
        }

        return rang;
    }

    private void LookWithoutRing(IRawDropConsumer consumer, Poller poller)
    {
        if (Drain(consumer) == 0)
        {
            _trust.NoteNothing();
            if (_unrecorded.LookForUnrecorded(_cpus!.Events))
            {
                consumer.NoteWarning();
            }
        }
        else if (!poller.Wait(BusyWaitMilliseconds) && !_trust.IsLost)
        {
            // A drop of just now would have rung by now.
            _trust.NoteSilence();
            Note("The kernel sent no wake-up for a drop: DropMon polls the tracepoint 20 times a second instead.");
        }
    }

    // On the path of every wake-up: looks only, and allocates nothing unless a CPU has changed.
    private bool MayCpusHaveChanged(Poller poller)
    {
        int changes = FirstEvent + (_cpus!.Events.Count * 2);
        for (int i = FirstEvent; i < changes; i++)
        {
            if (poller.IsHungUp(i))
            {
                return true;
            }
        }

        return _cpus.FollowsChanges && poller.IsReady(changes);
    }

    private bool FollowCpus(IRawDropConsumer consumer, Poller poller)
    {
        CpuEvent[] waitedFor = [.. _cpus!.Events];
        IReadOnlyList<int>? came = _cpus.Follow(
            e =>
                Array.IndexOf(waitedFor, e) is >= 0 and int i
                    && (poller.IsHungUp(FirstEvent + (2 * i)) || poller.IsHungUp(FirstEvent + (2 * i) + 1)),
            e => Drain(e, consumer, MonotonicClock.UnixOffsetNanoseconds()));
        consumer.EndBatch();
        foreach (int cpu in came ?? [])
        {
            Note($"CPU {cpu} came online at {DateTimeOffset.Now:T}: its first drops are missing and not counted.");
        }

        return came is not null;
    }

    private void Note(string sentence)
    {
        lock (_notes)
        {
            if (_notes.Count < MostNotes)
            {
                _notes.Add(sentence);
            }
        }
    }

    private int Drain(IRawDropConsumer consumer)
    {
        int total = 0;
        long offset = MonotonicClock.UnixOffsetNanoseconds();
        IReadOnlyList<CpuEvent> events = _cpus!.Events;
        for (int i = 0; i < events.Count; i++)
        {
            total += Drain(events[i], consumer, offset);
        }

        if (total > 0)
        {
            consumer.EndBatch();
        }

        return total;
    }

    private int Drain(CpuEvent cpuEvent, IRawDropConsumer consumer, long offset)
    {
        int samples = 0;
        PerfRing ring = cpuEvent.Ring;
        int corruptions = ring.Corruptions;
        ring.Begin();
        while (ring.TryRead(out uint type, out ReadOnlySpan<byte> body))
        {
            if (type == PerfRing.RecordSample)
            {
                samples++;
                var drop = new RawDrop { Cpu = cpuEvent.Cpu };
                if (_decoder!.TryDecode(body, ref drop))
                {
                    drop.UnixNanoseconds += offset;
                    consumer.Consume(in drop);
                }
                else
                {
                    Interlocked.Increment(ref _malformed);
                }
            }
            else if (type == PerfRing.RecordLost && body.Length >= 2 * sizeof(ulong))
            {
                cpuEvent.ReportedLost += MemoryMarshal.Read<ulong>(body[sizeof(ulong)..]);
            }

            if (ring.HoldsMuch)
            {
                ring.Release();
            }
        }

        ring.Release();
        // The samples given up with a corrupt run show as hits that were never read.
        Interlocked.Add(ref _malformed, ring.Corruptions - corruptions);
        cpuEvent.ReadCount += (ulong)samples;
        return samples;
    }

    private void Finish(IRawDropConsumer consumer)
    {
        _cpus!.Disable();
        Drain(consumer);
        // The kernel counts every hit, also those that found no room: what was hit and not read is lost, exactly.
        _finalTotals = TotalsOf(_cpus.Loss);
    }

    private SourceTotals TotalsOf(CpuLoss loss) => new(DropLosses.Of(
        (LossCause.Ring, loss.Ring), (LossCause.Unrecorded, loss.Unrecorded), (LossCause.Malformed, Interlocked.Read(ref _malformed))));
}
