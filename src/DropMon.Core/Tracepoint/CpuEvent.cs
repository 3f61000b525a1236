using DropMon.Native;

namespace DropMon.Tracepoint;

/// <summary>
/// The tracepoint on one CPU: an event whose records fill a ring, and a doorbell, a second event that does nothing but wake
/// the reader. A wake-up for each record would cost the sender an interrupt a packet, and waking at a watermark alone would
/// hold back the first drop for ever: so the doorbell rings once when it is armed, and the kernel itself turns it off.
/// </summary>
internal sealed class CpuEvent : IDisposable
{
    private readonly SafeFileDescriptor _event;
    private readonly SafeFileDescriptor _doorbell;
    private readonly PerfRing _doorbellRing;
    private bool _isArmed;
    private long _timesArmed;
    private long _hitsAtLook;

    /// <summary>Opens the events on one CPU, switched off.</summary>
    public CpuEvent(int cpu, int tracepointId, int ringSize, bool callchain)
    {
        Cpu = cpu;
        var attributes = new PerfEventAttributes
        {
            Type = PerfEvent.TypeTracepoint,
            Config = (ulong)tracepointId,
            SamplePeriod = 1,
            SampleType = PerfEvent.SampleTid | PerfEvent.SampleTime | PerfEvent.SampleRaw | (callchain ? PerfEvent.SampleCallchain : 0),
            Flags = PerfEvent.FlagDisabled | PerfEvent.FlagUseClockId | PerfEvent.FlagWatermark | (callchain ? PerfEvent.FlagExcludeUserCallchain : 0),
            ClockId = PerfEvent.ClockMonotonic,
            WakeupThreshold = (uint)ringSize / 4,
        };
        var doorbell = new PerfEventAttributes
        {
            Type = PerfEvent.TypeTracepoint,
            Config = (ulong)tracepointId,
            SamplePeriod = 1,
            Flags = PerfEvent.FlagDisabled,
            WakeupThreshold = 1,
        };
        _event = PerfEvent.OpenCounting(ref attributes, cpu);
        try
        {
            Ring = new PerfRing(_event, ringSize);
            _doorbell = PerfEvent.Open(ref doorbell, cpu);
            _doorbellRing = new PerfRing(_doorbell, Environment.SystemPageSize);
        }
        catch
        {
            Ring?.Dispose();
            _doorbell?.Dispose();
            _event.Dispose();
            throw;
        }
    }

    public int Cpu { get; }

    public PerfRing Ring { get; }

    /// <summary>Readable when the ring is a quarter full.</summary>
    public SafeFileDescriptor WatermarkHandle => _event;

    /// <summary>Readable when the doorbell rang.</summary>
    public SafeFileDescriptor DoorbellHandle => _doorbell;

    /// <summary>Records read from the ring so far.</summary>
    public ulong ReadCount { get; set; }

    /// <summary>The hits that were not read: exact when all is read.</summary>
    public CpuLoss ReadLoss()
    {
        long unread = (long)(PerfEvent.ReadCount(_event, out ulong? lost) - ReadCount);
        return new CpuLoss(unread, lost is null ? 0 : Math.Max(0, unread - (long)lost));
    }

    /// <summary>Looks for hits without a record, when all is read: those of the last look, since a hit of just now may be on its way still.</summary>
    public void LookForUnrecorded()
    {
        long hits = (long)PerfEvent.ReadCount(_event, out ulong? lost);
        if (lost is not null)
        {
            Unrecorded = Math.Max(Unrecorded, _hitsAtLook - (long)(ReadCount + lost));
        }

        _hitsAtLook = hits;
    }

    /// <summary>Lost so far, as the kernel's PERF_RECORD_LOST told.</summary>
    public ulong ReportedLost { get; set; }

    /// <summary>Hits that the kernel counted and wrote no record of, as of the last look.</summary>
    public long Unrecorded { get; private set; }

    public void SetEnabled(bool enabled) => PerfEvent.SetEnabled(_event, enabled);

    /// <summary>Has the doorbell ring at the next drop, unless it is armed already.</summary>
    public void ArmDoorbell()
    {
        if (!_isArmed)
        {
            // The kernel turns it off a moment after it rang: to ask for that again waits until it is done.
            PerfEvent.SetEnabled(_doorbell, false);
            _doorbellRing.Discard();
            PerfEvent.EnableOnce(_doorbell);
            _isArmed = true;
            _timesArmed++;
        }
    }

    /// <summary>The doorbell rang.</summary>
    /// <returns>Whether it had rung before and was armed again since.</returns>
    public bool NoteRing()
    {
        _isArmed = false;
        return _timesArmed > 1;
    }

    public void Dispose()
    {
        _doorbellRing.Dispose();
        Ring.Dispose();
        _doorbell.Dispose();
        _event.Dispose();
    }
}
