using DropMon.Native;
using DropMon.Reasons;
using DropMon.Sources;

namespace DropMon.Tests.Sources;

/// <summary>What the sources below share: drops at four places in turn.</summary>
internal abstract class FlowingSource : IDropSource
{
    public SourceDescriptor Descriptor { get; } = new FakeDescriptor();

    public SourceSettings Settings { get; } = new("as a test says");

    public IReadOnlyList<string> Notes => [];

    public IReadOnlyList<string> Warnings => [];

    public KernelReasonTable? Reasons => null;

    public TimeSpan ReportingDelay => TimeSpan.Zero;

    public long Delivered { get; private set; }

    public void Open()
    {
    }

    public abstract void Run(IRawDropConsumer consumer, SourceControl control);

    public SourceTotals ReadTotals() => SourceTotals.None;

    public void Dispose()
    {
    }

    protected void Deliver(IRawDropConsumer consumer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            var drop = new RawDrop { Address = (ulong)(Delivered++ % 4) + 1, Count = 1, UnixNanoseconds = 1_700_000_000_000_000_000 };
            consumer.Consume(in drop);
        }

        consumer.EndBatch();
    }
}

/// <summary>Delivers a number of drops once a gate opens, then ends.</summary>
internal sealed class HeldSource(ManualResetEventSlim gate, int count) : FlowingSource
{
    public override void Run(IRawDropConsumer consumer, SourceControl control)
    {
        gate.Wait(TimeSpan.FromSeconds(30));
        Deliver(consumer, count);
    }
}

/// <summary>Delivers drops without end, until it is stopped.</summary>
internal sealed class PouringSource : FlowingSource
{
    public override void Run(IRawDropConsumer consumer, SourceControl control)
    {
        var poller = new Poller(control.StopHandle, control.FlushHandle);
        do
        {
            poller.Wait(0);
            if (poller.IsReady(1))
            {
                long flush = control.BeginFlush();
                Deliver(consumer, 1);
                control.EndFlush(flush);
            }

            Deliver(consumer, 100);
        }
        while (!poller.IsReady(0));
    }
}
