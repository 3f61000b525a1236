using DropMon.Native;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// An event that does nothing but wake the reader. A wake-up for each record would cost the sender an interrupt a packet, and waking at a
/// watermark alone would hold back the first drop for ever: so the bell rings once when it is armed, and the kernel itself turns it off.
/// </summary>
internal sealed class Doorbell : IDisposable
{
    private readonly PerfRing _ring;
    private bool _isArmed;
    private long _timesArmed;

    private Doorbell(SafeFileDescriptor handle)
    {
        Handle = handle;
        try
        {
            _ring = new PerfRing(handle, Environment.SystemPageSize);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Readable when the bell rang.</summary>
    public SafeFileDescriptor Handle { get; }

    /// <summary>A bell for the hits of a tracepoint on one CPU.</summary>
    public static Doorbell OnTracepoint(int tracepointId, int cpu)
    {
        PerfEventAttributes attributes = Attributes(PerfEvent.TypeTracepoint, (ulong)tracepointId);
        return new Doorbell(PerfEvent.Open(ref attributes, cpu));
    }

    /// <summary>A bell for the context switches of the calling thread.</summary>
    public static Doorbell OnOwnSwitches()
    {
        PerfEventAttributes attributes = Attributes(PerfEvent.TypeSoftware, PerfEvent.SoftwareContextSwitches);
        return new Doorbell(PerfEvent.OpenOnThisThread(ref attributes));
    }

    /// <summary>Has it ring at the next hit, unless it is armed already.</summary>
    public void Arm()
    {
        if (!_isArmed)
        {
            // The kernel turns it off a moment after it rang: to ask for that again waits until it is done.
            PerfEvent.SetEnabled(Handle, false);
            _ring.Discard();
            PerfEvent.EnableOnce(Handle);
            _isArmed = true;
            _timesArmed++;
        }
    }

    /// <summary>It rang.</summary>
    /// <returns>Whether it had rung before and was armed again since.</returns>
    public bool NoteRing()
    {
        _isArmed = false;
        return _timesArmed > 1;
    }

    public void Dispose()
    {
        _ring.Dispose();
        Handle.Dispose();
    }

    private static PerfEventAttributes Attributes(uint type, ulong config) => new()
    {
        Type = type,
        Config = config,
        SamplePeriod = 1,
        Flags = PerfEvent.FlagDisabled,
        WakeupThreshold = 1,
    };
}
