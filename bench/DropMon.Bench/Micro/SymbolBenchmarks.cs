using BenchmarkDotNet.Attributes;
using DropMon.Kernel.Symbols;

namespace DropMon.Bench.Micro;

/// <summary>The running kernel's symbols.</summary>
public class SymbolBenchmarks
{
    private const int Step = 7919; // a prime: neighbours are not asked for one after the other
    private readonly KernelSymbolTable _table = new();
    private ulong[] _addresses = [];
    private int _next;

    [GlobalSetup]
    public void FindFunctions() => _addresses = RunningKernel.FunctionAddresses(_table);

    [Benchmark(Description = "look up a function")]
    public bool LookUp()
    {
        _next = (_next + Step) % _addresses.Length;
        return _table.TryResolve(_addresses[_next], out _);
    }
}
