using DropMon.Filters;
using DropMon.Kernel.Btf;
using DropMon.Kernel.Tracing;
using DropMon.Logging;
using DropMon.Native;
using DropMon.Reasons;
using DropMon.Sources.Ebpf.Filtering;
using DropMon.Text;

namespace DropMon.Sources.Ebpf;

/// <summary>Delivers what a BPF program at the tracepoint skb:kfree_skb writes to a ring.</summary>
internal sealed class EbpfSource(EbpfDescriptor descriptor, EbpfOptions options) : IDropSource
{
    // After drops the reader looks again soon and asks for no wake-up: each costs the sender.
    private const int BusyWaitMilliseconds = 5;

    // A wake-up can be missed only where an atomic addition is no full barrier (arm64).
    private const int IdleWaitMilliseconds = 1000;

    private static readonly LossCause Ring = new(LossCause.Ring.Id, "in the eBPF ring buffer");
    private static readonly LossCause Recursion = new("Recursion", "because the eBPF program was running already on that CPU");

    private const string NoStack =
        "Some drops have no stack: the kernel's map of stacks was full, or two stacks had the same place in it. Their alerts are complete "
        + "otherwise.";

    private EbpfObjects? _objects;
    private EventDecoder? _decoder;
    private long _malformed;
    private int _corruptions;
    private volatile SourceTotals? _finalTotals;

    public SourceDescriptor Descriptor => descriptor;

    public SourceSettings Settings { get; private set; } = Describe(options, []);

    public IReadOnlyList<string> Notes => [];

    public IReadOnlyList<string> Warnings => _objects?.Stacks is { HasMissed: true } ? [NoStack] : [];

    public TimeSpan ReportingDelay => TimeSpan.Zero;

    public KernelReasonTable? Reasons { get; private set; }

    public void Open()
    {
        var reasons = new KernelReasonTable(KfreeSkbTracepoint.TryReadReasonNames(), new KernelBtf());
        var filter = new ProgramFilter(options.Filter, reasons);
        _objects = new EbpfObjects(options, filter);
        Settings = Describe(options, filter.Fields);
        Reasons = _objects.HasReason ? reasons : null;
        DropMonEvents.Log.RingsCreated(Descriptor.Name, Plural.Of(1, "ring"), $"{options.RingSize}");
        if (filter.Fields.Count > 0)
        {
            DropMonEvents.Log.FilterApplied(string.Join(", ", filter.Fields), "in the kernel");
        }

        _decoder = new EventDecoder(_objects.HasReason, _objects.Stacks);
        _objects.Attach();
    }

    public void Run(IRawDropConsumer consumer, SourceControl control)
    {
        var poller = new Poller(control.StopHandle, control.FlushHandle, _objects!.RingMap);
        bool armed = false;
        while (true)
        {
            bool busy = Drain(consumer);
            if (!busy && !armed)
            {
                _objects.WakeUp.Arm();
                armed = true;
                // What came between the last look and the arming raises no wake-up.
                continue;
            }

            if (busy && armed)
            {
                _objects.WakeUp.Disarm();
                armed = false;
            }

            // A record that is still being written makes the ring readable before it can be read: that is no reason to spin.
            bool isPending = busy || _objects.Ring.HasRecords;
            poller.Wait(isPending ? BusyWaitMilliseconds : IdleWaitMilliseconds);
            armed &= !poller.IsReady(2);
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
        }

        _objects.Detach();
        Drain(consumer);
        _finalTotals = Totals();
    }

    public SourceTotals ReadTotals() => _finalTotals ?? Totals();

    public void Dispose() => _objects?.Dispose();

    private bool Drain(IRawDropConsumer consumer)
    {
        BpfRing ring = _objects!.Ring;
        long offset = MonotonicClock.UnixOffsetNanoseconds();
        bool any = false;
        while (ring.TryRead(out ReadOnlySpan<byte> record))
        {
            any = true;
            var drop = default(RawDrop);
            if (_decoder!.TryDecode(record, ref drop))
            {
                drop.UnixNanoseconds += offset;
                consumer.Consume(in drop);
            }
            else
            {
                Interlocked.Increment(ref _malformed);
            }

            if (ring.HoldsMuch)
            {
                ring.Release();
            }
        }

        ring.Release();
        if (ring.Corruptions != _corruptions)
        {
            Interlocked.Add(ref _malformed, ring.Corruptions - _corruptions);
            _corruptions = ring.Corruptions;
        }

        if (any)
        {
            consumer.EndBatch();
        }

        return any;
    }

    private SourceTotals Totals()
    {
        (long refused, long rejected) = _objects!.ReadCounts();
        return new SourceTotals(
            DropLosses.Of(
                (Ring, refused), (Recursion, _objects.ReadSkipped()), (LossCause.Malformed, Interlocked.Read(ref _malformed))),
            rejected);
    }

    private static SourceSettings Describe(EbpfOptions options, IReadOnlyList<FilterField> filtered) => new(
        $"in all network namespaces, with up to {options.Bytes} bytes of each packet"
            + (filtered.Count == 0 ? "" : $", filtered in the kernel by {string.Join(", ", filtered)}"))
    {
        TruncationLength = options.Bytes,
        FiltersInKernel = filtered,
    };
}
