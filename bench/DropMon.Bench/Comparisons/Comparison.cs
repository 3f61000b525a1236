using DropMon.Bench.Harness;

namespace DropMon.Bench.Comparisons;

/// <summary>Something of ours beside a peer, or beside a limit, measured in one go.</summary>
internal abstract class Comparison
{
    /// <summary>What <c>bench/run</c> calls it.</summary>
    public abstract string Name { get; }

    public abstract IEnumerable<Measurement> Run(Settings settings);
}
