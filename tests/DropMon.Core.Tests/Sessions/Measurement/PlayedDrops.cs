using System.Text;
using DropMon.Kernel.Symbols;
using DropMon.Native;
using DropMon.Reasons;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Sessions.Measurement;

/// <summary>One drop for <see cref="PlayedSource"/>.</summary>
internal sealed record PlayedDrop(
    ulong Address, string Reason, long Second = 0, long Count = 1, int Process = 1, int Cpu = 0, string? Interface = null);

/// <summary>A source that plays what it was given, then fails or waits to be stopped.</summary>
internal sealed class PlayedSource(IReadOnlyList<PlayedDrop> drops, long startSeconds, Exception? failure = null) : IDropSource
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    public SourceTotals Totals { get; init; } = SourceTotals.None;

    public bool IsDisposed { get; private set; }

    public SourceDescriptor Descriptor { get; } = new FakeDescriptor();

    public SourceSettings Settings { get; } = new("as a test says");

    public IReadOnlyList<string> Notes => [];

    public IReadOnlyList<string> Warnings => [];

    public KernelReasonTable? Reasons => null;

    public TimeSpan ReportingDelay => TimeSpan.Zero;

    public void Open()
    {
    }

    public void Run(IRawDropConsumer consumer, SourceControl control)
    {
        Play(consumer);
        if (failure is not null)
        {
            throw failure;
        }

        var poller = new Poller(control.StopHandle, control.FlushHandle);
        while (true)
        {
            poller.Wait(-1);
            if (poller.IsReady(0))
            {
                return;
            }

            control.EndFlush(control.BeginFlush());
        }
    }

    public SourceTotals ReadTotals() => Totals;

    public void Dispose() => IsDisposed = true;

    public void Play(IRawDropConsumer consumer)
    {
        foreach (PlayedDrop drop in drops)
        {
            var raw = new RawDrop
            {
                UnixNanoseconds = (startSeconds + drop.Second) * NanosecondsPerSecond,
                Count = drop.Count,
                Address = drop.Address,
                ReasonName = Encoding.UTF8.GetBytes(drop.Reason),
                HasContext = true,
                ProcessId = drop.Process,
                Cpu = drop.Cpu,
                InterfaceName = Encoding.UTF8.GetBytes(drop.Interface ?? ""),
            };
            consumer.Consume(in raw);
        }

        consumer.EndBatch();
    }
}

/// <summary>A kernel with a function at each multiple of 0x1000, named by the address.</summary>
internal sealed class PlayedKernel : IKernelSymbols, ISourceLines
{
    public static KernelKnowledge Knowledge { get; } = new(
        new PlayedKernel(), new PlayedKernel(), new DropClassifier(DropKnowledge.Embedded));

    public bool TryResolve(ulong address, out ResolvedSymbol symbol)
    {
        symbol = new ResolvedSymbol(FormattableString.Invariant($"function_{address >> 12}"), address & 0xfff, null);
        return true;
    }

    public SourceLocation? FindCall(ulong returnAddress) => null;
}
