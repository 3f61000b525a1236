using System.Text;
using DropMon.Kernel.Symbols;
using DropMon.Reasons;

namespace DropMon.Fuzz.Targets;

/// <summary>Names for the addresses and numbers in the seeds: the same on every machine.</summary>
internal static class KernelNames
{
    public static IKernelSymbols Symbols { get; } = new Table();

    public static ISourceLines Lines { get; } = new NoLines();

    public static IDropClassifier Classifier { get; } = new DropClassifier(DropKnowledge.Embedded);

    public static KernelReasonTable Reasons { get; } = new(
        new Dictionary<uint, string> { [2] = "NOT_SPECIFIED", [3] = "NO_SOCKET", [6] = "UDP_CSUM" });

    private sealed class Table : IKernelSymbols
    {
        private readonly SymbolIndex _index = SymbolIndexBuilder.Build(new MemoryStream(Encoding.ASCII.GetBytes(
            "ffffffff81000000 T _stext\nffffffff81c0d000 T __udp4_lib_rcv\nffffffff81c0e000 T udp_rcv\nffffffffc0000000 t " +
            "br_handle_frame\t[bridge]\nffffffffc0001000 t br_end\t[bridge]\n")));

        public bool TryResolve(ulong address, out ResolvedSymbol symbol) => _index.TryResolve(address, out symbol);
    }

    private sealed class NoLines : ISourceLines
    {
        public SourceLocation? FindCall(ulong returnAddress) => null;
    }
}
