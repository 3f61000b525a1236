using System.Text;
using DropMon.Kernel.Symbols;

namespace DropMon.Fuzz.Targets;

/// <summary>The kernel's table of symbols.</summary>
internal sealed class KallsymsTarget : FuzzTarget
{
    public override string Name => "kallsyms";

    public override int Share => 1;

    public override IEnumerable<byte[]> Seeds =>
    [
        "ffffffff81000000 T _stext\nffffffff81000010 t udp_rcv\nffffffff81000020 D data\nffffffffc0000000 t f\t[bridge]\n"u8.ToArray(),
        "0000000000000000 T hidden\n0000000000000000 t hidden2\n"u8.ToArray(),
        .. GoldenSeeds.Named("kallsyms").Select(table => table[..Math.Min(table.Length, 2048)]),
    ];

    public override IEnumerable<byte[]> Tokens =>
        Array.ConvertAll(["\n", "\t[", "]", " t ", " T ", "ffffffffffffffff", "0"], Encoding.UTF8.GetBytes);

    // Tables are made for the 100,000 symbols that every kernel has.
    public override long MostAllocation(int inputLength) => 16 * 1024 * 1024;

    public override void Run(ReadOnlySpan<byte> input)
    {
        SymbolIndex index = SymbolIndexBuilder.Build(new MemoryStream(input.ToArray()));
        foreach (ulong address in (ulong[])[0, 1, 0xffffffff81000000, 0xffffffff81000018, 0xffffffffc0000000, ulong.MaxValue])
        {
            if (index.TryResolve(address, out ResolvedSymbol symbol))
            {
                Invariant.That(symbol.Function.Length <= input.Length, "A name is longer than the table.");
                Invariant.That(symbol.Offset <= address, "The offset is larger than the address.");
            }
        }
    }
}
