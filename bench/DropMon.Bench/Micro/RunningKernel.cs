using System.Globalization;
using DropMon.Kernel.Symbols;

namespace DropMon.Bench.Micro;

internal static class RunningKernel
{
    public const string SymbolFile = "/proc/kallsyms";

    /// <summary>An address in each function that the table covers, in no order.</summary>
    public static ulong[] FunctionAddresses(KernelSymbolTable table)
    {
        ulong[] addresses = [.. File.ReadLines(SymbolFile)
            .Select(line => line.Split(' ', 3))
            .Where(parts => parts[1] is "t" or "T")
            .Select(parts => ulong.Parse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) + 1)
            // The few that it does not cover make it look whether modules have changed, which is another matter.
            .Where(address => table.TryResolve(address, out _))];
        new Random(1).Shuffle(addresses);
        return addresses;
    }
}
