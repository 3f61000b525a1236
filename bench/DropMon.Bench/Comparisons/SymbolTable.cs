using System.Runtime.CompilerServices;
using DropMon.Bench.Harness;
using DropMon.Bench.Micro;
using DropMon.Bench.Native;
using DropMon.Kernel.Symbols;

namespace DropMon.Bench.Comparisons;

/// <summary>Loading this kernel's symbols beside reading the file, looking one up, and what they hold.</summary>
internal sealed class SymbolTable : Comparison
{
    private const int BufferSize = 1 << 18;
    private const int Lookups = 1_000_000;
    private const double MostLoad = 1.3;
    private const double MostNanoseconds = 100;
    private const double MostMegabytes = 25;

    public override string Name => "symbols";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        var load = new List<double>();
        var read = new List<double>();
        var lookup = new List<double>();
        var held = new List<double>();
        var known = new KernelSymbolTable();
        ulong[] addresses = RunningKernel.FunctionAddresses(known);
        for (int i = 0; i < settings.Pairs; i++)
        {
            load.Add(Load(out _, addresses[0]));
            held.Add(Held(addresses[0]));
            read.Add(Read());
            lookup.Add(LookUp(known, addresses, settings.Drops(Lookups)));
        }

        string symbols = $"{addresses.Length:N0} functions.";
        yield return new Measurement
        {
            Name = "symbols-load",
            What = "loading /proc/kallsyms into the table",
            Unit = "ms",
            Peer = "reading the file",
            Ours = load,
            Theirs = read,
            Goal = Goal.AtMost,
            Target = MostLoad,
            Note = symbols,
        };
        yield return Limit("symbols-lookup", "looking up a random address in a function that was asked for before", "ns", lookup,
            MostNanoseconds);
        yield return Limit("symbols-held", "memory that the table holds", "MB", held, MostMegabytes);
    }

    private static Measurement Limit(string name, string what, string unit, List<double> ours, double limit) => new()
    {
        Name = name,
        What = what,
        Unit = unit,
        Peer = "limit",
        Ours = ours,
        Theirs = [.. ours.Select(_ => limit)],
        Goal = Goal.AtMost,
        Target = 1,
    };

    private static double Load(out KernelSymbolTable table, ulong address)
    {
        TimeSpan start = CpuClock.OfThisThread();
        table = new KernelSymbolTable();
        table.TryResolve(address, out _);
        return (CpuClock.OfThisThread() - start).TotalMilliseconds;
    }

    // A method of its own, so that no table of an earlier turn is alive at the first count.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Held(ulong address)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Load(out KernelSymbolTable table, address);
        double held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(table);
        return held / 1e6;
    }

    private static double Read()
    {
        byte[] buffer = new byte[BufferSize];
        TimeSpan start = CpuClock.OfThisThread();
        using FileStream file = new(RunningKernel.SymbolFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        while (file.Read(buffer) > 0)
        {
        }

        return (CpuClock.OfThisThread() - start).TotalMilliseconds;
    }

    private static double LookUp(KernelSymbolTable table, ulong[] addresses, int lookups)
    {
        TimeSpan start = CpuClock.OfThisThread();
        for (int i = 0; i < lookups; i++)
        {
            table.TryResolve(addresses[i % addresses.Length], out _);
        }

        return (CpuClock.OfThisThread() - start).TotalNanoseconds / lookups;
    }
}
