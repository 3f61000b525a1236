using DropMon.Native;
using DropMon.Sources;

namespace DropMon.Tests.Sources;

/// <summary>Delivers what a test says, then waits to be stopped.</summary>
internal sealed class FakeSource(params ulong[] addresses) : IDropSource
{
    private readonly ManualResetEventSlim _delivered = new();

    public SourceDescriptor Descriptor { get; init; } = new FakeDescriptor();

    public SourceSettings Settings { get; init; } = new("as a test says");

    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>What the source comes upon when all is delivered.</summary>
    public string? WarnsOf { get; init; }

    public IReadOnlyList<string> Notes => ["A note."];

    public DropMon.Reasons.KernelReasonTable? Reasons => null;

    public TimeSpan ReportingDelay { get; init; }

    public SourceTotals Totals { get; set; } = SourceTotals.None;

    public bool IsDisposed { get; private set; }

    /// <summary>Raised on the source's thread when all is delivered; null where it is to wait for the stop.</summary>
    public Exception? EndsWith { get; init; }

    public Exception? LossFails { get; init; }

    /// <summary>Delivered at a flush.</summary>
    public ulong[] OnFlush { get; init; } = [];

    /// <summary>Delivered after the stop was asked for.</summary>
    public ulong[] OnStop { get; init; } = [];

    /// <summary>Whether the drops are of IPv4 packets that this process sent, as a control drop is.</summary>
    public bool IsOfThisProcess { get; init; }

    public void Open()
    {
    }

    public void Run(IRawDropConsumer consumer, SourceControl control)
    {
        Deliver(consumer, addresses, endBatch: EndsWith is null);
        if (WarnsOf is not null)
        {
            Warnings = [.. Warnings, WarnsOf];
            consumer.NoteWarning();
        }

        _delivered.Set();
        if (EndsWith is not null)
        {
            throw EndsWith;
        }

        var poller = new Poller(control.StopHandle, control.FlushHandle);
        while (true)
        {
            poller.Wait(-1);
            if (poller.IsReady(0))
            {
                break;
            }

            if (poller.IsReady(1))
            {
                long flush = control.BeginFlush();
                Deliver(consumer, OnFlush, endBatch: true);
                control.EndFlush(flush);
            }
        }

        Deliver(consumer, OnStop, endBatch: true);
    }

    public void WaitUntilDelivered() => Assert.True(_delivered.Wait(TimeSpan.FromSeconds(30)));

    public SourceTotals ReadTotals() => LossFails is null ? Totals : throw LossFails;

    public void Dispose() => IsDisposed = true;

    private void Deliver(IRawDropConsumer consumer, ulong[] drops, bool endBatch)
    {
        foreach (ulong address in drops)
        {
            var drop = new RawDrop
            {
                Address = address,
                Count = 1,
                UnixNanoseconds = 1_700_000_000_000_000_000,
                HasContext = IsOfThisProcess,
                ProcessId = IsOfThisProcess ? Environment.ProcessId : 0,
                HasEtherType = IsOfThisProcess,
                EtherType = IsOfThisProcess ? (ushort)0x0800 : (ushort)0,
            };
            consumer.Consume(in drop);
        }

        if (endBatch)
        {
            consumer.EndBatch();
        }
    }
}
