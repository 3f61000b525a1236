using DropMon.Native;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// The tracepoint on one CPU: an event whose records fill a ring, and a doorbell that wakes the reader for the first of them.
/// </summary>
internal sealed class CpuEvent : IDisposable
{
    private readonly SafeFileDescriptor _event;
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
            Flags = PerfEvent.FlagDisabled | PerfEvent.FlagUseClockId | PerfEvent.FlagWatermark | (
                callchain ? PerfEvent.FlagExcludeUserCallchain : 0),
            ClockId = PerfEvent.ClockMonotonic,
            WakeupThreshold = (uint)ringSize / 4,
        };
        _event = PerfEvent.OpenCounting(ref attributes, cpu);
        try
        {
            Ring = new PerfRing(_event, ringSize);
            Doorbell = Doorbell.OnTracepoint(tracepointId, cpu);
        }
        catch
        {
            Ring?.Dispose();
            _event.Dispose();
            throw;
        }
    }

    public int Cpu { get; }

    public PerfRing Ring { get; }

    /// <summary>Readable when the ring is a quarter full.</summary>
    public SafeFileDescriptor WatermarkHandle => _event;

    /// <summary>Rings at the next hit when it is armed.</summary>
    public Doorbell Doorbell { get; }

    /// <summary>Records read from the ring so far.</summary>
    public ulong ReadCount { get; set; }

    /// <summary>The hits that were not read: exact when all is read.</summary>
    public CpuLoss ReadLoss()
    {
        long unread = (long)(PerfEvent.ReadCount(_event, out ulong? lost) - ReadCount);
        return new CpuLoss(unread, lost is null ? 0 : Math.Max(0, unread - (long)lost));
    }

    /// <summary>
    /// Looks for hits without a record, when all is read: those of the last look, since a hit of just now may be on its way still.
    /// </summary>
    public void LookForUnrecorded()
    {
        long hits = (long)PerfEvent.ReadCount(_event, out ulong? lost);
        if (lost is not null)
        {
            Unrecorded = Math.Max(Unrecorded, _hitsAtLook - (long)(ReadCount + lost));
        }

        _hitsAtLook = hits;
    }

    /// <summary>Lost so far, by the kernel's PERF_RECORD_LOST.</summary>
    public ulong ReportedLost { get; set; }

    /// <summary>Hits that the kernel counted and wrote no record of, as of the last look.</summary>
    public long Unrecorded { get; private set; }

    public void SetEnabled(bool enabled) => PerfEvent.SetEnabled(_event, enabled);

    public void Dispose()
    {
        Doorbell.Dispose();
        Ring.Dispose();
        _event.Dispose();
    }
}
