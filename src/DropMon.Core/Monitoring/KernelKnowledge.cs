using DropMon.Reasons;
using DropMon.Symbols;

namespace DropMon.Monitoring;

/// <summary>What turns numbers from the kernel into words: symbols, source lines, classification.</summary>
internal sealed record KernelKnowledge(IKernelSymbols Symbols, ISourceLines Lines, IDropClassifier Classifier)
{
    public static KernelKnowledge OfThisMachine() => new(new KernelSymbolTable(), DwarfSourceLines.OfThisKernel(), new DropClassifier(DropKnowledge.Embedded));
}
