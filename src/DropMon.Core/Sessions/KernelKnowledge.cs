using DropMon.Kernel.Symbols;
using DropMon.Reasons;

namespace DropMon.Sessions;

/// <summary>What turns numbers from the kernel into words: symbols, source lines, classification.</summary>
internal sealed record KernelKnowledge(IKernelSymbols Symbols, ISourceLines Lines, IDropClassifier Classifier)
{
    /// <summary>What a reader has to know of it; null for nothing.</summary>
    public string? Note => Symbols.AddressesHidden ? KernelAddresses.HiddenNote : null;

    public static KernelKnowledge OfThisMachine()
    {
        var symbols = new KernelSymbolTable();
        // The kernel takes tens of milliseconds to print its symbols: meanwhile the source is opened.
        ThreadPool.UnsafeQueueUserWorkItem(static table => table.EnsureLoaded(), symbols, preferLocal: false);
        return new KernelKnowledge(symbols, new DwarfSourceLines(symbols), new DropClassifier(DropKnowledge.Embedded));
    }
}
