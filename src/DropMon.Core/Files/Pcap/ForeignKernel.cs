using DropMon.Kernel.Symbols;
using DropMon.Reasons;
using DropMon.Sessions;

namespace DropMon.Files.Pcap;

/// <summary>
/// What is known of a kernel that only left a capture: nothing about its addresses. Those of this machine's kernel lie elsewhere, and
/// even the same kernel's move at each boot (KASLR), so a name looked up here would be a wrong one.
/// </summary>
internal sealed class ForeignKernel : IKernelSymbols, ISourceLines
{
    public static KernelKnowledge Knowledge { get; } = new(
        new ForeignKernel(), new ForeignKernel(), new DropClassifier(DropKnowledge.Embedded));

    public bool TryResolve(ulong address, out ResolvedSymbol symbol)
    {
        symbol = default;
        return false;
    }

    public SourceLocation? FindCall(ulong returnAddress) => null;

    public SourceLineSupport Describe() => new(false, "The alerts come from another kernel, which only it can resolve.", null);
}
