using DropMon.Reasons;
using DropMon.Reasons.Btf;
using DropMon.Symbols;
using DropMon.Tracepoint;

namespace DropMon.Monitoring;

/// <summary>What turns numbers from the kernel into words: symbols, source lines, classification.</summary>
internal sealed record KernelKnowledge(IKernelSymbols Symbols, ISourceLines Lines, IDropClassifier Classifier)
{
    public static KernelKnowledge OfThisMachine() => new(new KernelSymbolTable(), DwarfSourceLines.OfThisKernel(), new DropClassifier(DropKnowledge.Embedded));

    /// <summary>The reasons of this machine's kernel, read when first asked for.</summary>
    public static IRunningKernelReasons RunningReasons() => new RunningKernelReasons(new KernelBtf(), KfreeSkbTracepoint.TryReadReasonNames);
}
