using DropMon.Kernel.Symbols;

namespace DropMon.Fuzz.Targets;

/// <summary>The kernel's text of a place, cut anywhere.</summary>
internal sealed class SymbolTextTarget : FuzzTarget
{
    public override string Name => "symbol-text";

    public override int Share => 80;

    public override int MaximumLength => 64;

    public override IEnumerable<byte[]> Seeds =>
        ["__udp4_lib_rcv+0x9a2/0xb10"u8.ToArray(), "br_handle_frame+0x1/0x2 [bridge]"u8.ToArray(), "0xffffffff81c0d9a2"u8.ToArray()];

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (SymbolText.TryParse(input, out ResolvedSymbol symbol))
        {
            Invariant.IsSafe(symbol.Function);
            Invariant.IsSafe(symbol.Module);
        }
    }
}
