using System.Runtime.InteropServices;
using DropMon.Monitoring;
using DropMon.Native;
using DropMon.Reasons;
using DropMon.Reasons.Btf;

namespace DropMon.Tracepoint;

/// <summary>Delivers the hits of the tracepoint skb:kfree_skb on every CPU, read through perf_event_open.</summary>
internal sealed class TracepointSource(TracepointOptions options) : IDropSource
{
    private const uint RecordLost = 2; // PERF_RECORD_LOST
    private const uint RecordSample = 9; // PERF_RECORD_SAMPLE

    // More than this in one round means that waking for each drop costs more than looking again soon.
    private const int BusyThreshold = 64;
    private const int BusyWaitMilliseconds = 10;

    private readonly List<CpuEvent> _events = [];
    private KfreeSkbSampleDecoder? _decoder;
    private long _malformed;
    private SourceLoss? _finalLoss;

    public DropSourceKind Kind => DropSourceKind.Tracepoint;

    public IReadOnlyList<string> Notes { get; } =
    [
        "The tracepoint tells neither the interface nor the packet's bytes.",
    ];

    public TimeSpan ReportingDelay => TimeSpan.Zero;

    /// <summary>The running kernel's reason numbers and names; set by <see cref="Open"/>.</summary>
    public KernelReasonTable? Reasons { get; private set; }

    public void Open()
    {
        TracepointFormat format = KfreeSkbTracepoint.ReadFormat();
        var layout = new KfreeSkbLayout(format);
        Reasons = layout.HasReason ? new KernelReasonTable(format.Symbols("reason"), new KernelBtf()) : null;
        _decoder = new KfreeSkbSampleDecoder(layout, options.StackTrace);
        try
        {
            int[] cpus = OnlineCpus.Read();
            int ringSize = options.RingSizeFor(cpus.Length);
            foreach (int cpu in cpus)
            {
                _events.Add(OpenOn(cpu, format.Id, ref ringSize));
            }

            foreach (CpuEvent cpuEvent in _events)
            {
                cpuEvent.SetEnabled(true);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Run(IRawDropConsumer consumer, SourceControl control)
    {
        var handles = new List<SafeFileDescriptor> { control.StopHandle, control.FlushHandle };
        handles.AddRange(_events.Select(e => e.DoorbellHandle));
        handles.AddRange(_events.Select(e => e.WatermarkHandle));
        var poller = new Poller([.. handles]);
        bool armed = false;
        while (true)
        {
            int drained = Drain(consumer);
            bool busy = drained > BusyThreshold;
            if (busy == armed)
            {
                armed = !busy;
                SetDoorbells(armed);
                // What came between the last look and the arming rang no bell.
                continue;
            }

            poller.Wait(busy ? BusyWaitMilliseconds : -1);
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

            if (armed)
            {
                foreach (CpuEvent cpuEvent in _events)
                {
                    cpuEvent.QuietDoorbell();
                }
            }
        }

        Finish(consumer);
    }

    public SourceLoss ReadLoss() =>
        _finalLoss ?? new SourceLoss(0, 0, _events.Sum(e => (long)e.ReportedLost), Interlocked.Read(ref _malformed));

    public void Dispose()
    {
        foreach (CpuEvent cpuEvent in _events)
        {
            cpuEvent.Dispose();
        }

        _events.Clear();
    }

    private CpuEvent OpenOn(int cpu, int id, ref int ringSize)
    {
        while (true)
        {
            try
            {
                return new CpuEvent(cpu, id, ringSize, options.StackTrace);
            }
            catch (SyscallException error) when (error.Call == "mmap" && ringSize > Environment.SystemPageSize)
            {
                // Beyond kernel.perf_event_mlock_kb without CAP_IPC_LOCK, or short of memory: a smaller ring is better than none.
                ringSize /= 2;
            }
            catch (SyscallException error) when (error.Errno is Errno.EACCES or Errno.EPERM)
            {
                throw new PrivilegeException(
                    "Reading the tracepoint skb:kfree_skb on all CPUs was refused (kernel.perf_event_paranoid allows it only to privileged processes).",
                    "CAP_PERFMON",
                    error);
            }
        }
    }

    private void SetDoorbells(bool enabled)
    {
        foreach (CpuEvent cpuEvent in _events)
        {
            cpuEvent.SetDoorbell(enabled);
        }
    }

    private int Drain(IRawDropConsumer consumer)
    {
        int total = 0;
        long offset = MonotonicClock.UnixOffsetNanoseconds();
        foreach (CpuEvent cpuEvent in _events)
        {
            total += Drain(cpuEvent, consumer, offset);
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
        ring.Begin();
        while (ring.TryRead(out uint type, out ReadOnlySpan<byte> body))
        {
            if (type == RecordSample)
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
            else if (type == RecordLost && body.Length >= 2 * sizeof(ulong))
            {
                cpuEvent.ReportedLost += MemoryMarshal.Read<ulong>(body[sizeof(ulong)..]);
            }

            if (ring.HoldsMuch)
            {
                ring.Release();
            }
        }

        ring.Release();
        cpuEvent.ReadCount += (ulong)samples;
        return samples;
    }

    private void Finish(IRawDropConsumer consumer)
    {
        SetDoorbells(false);
        foreach (CpuEvent cpuEvent in _events)
        {
            cpuEvent.SetEnabled(false);
        }

        Drain(consumer);
        // The kernel counts every hit, also those that found no room: what was hit and not read is lost, exactly.
        long lost = _events.Sum(e => (long)(e.HitCount - e.ReadCount));
        _finalLoss = new SourceLoss(0, 0, lost, Interlocked.Read(ref _malformed));
    }
}
