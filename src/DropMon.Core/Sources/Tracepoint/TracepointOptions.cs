using System.Numerics;

namespace DropMon.Sources.Tracepoint;

/// <summary>How to read the tracepoint.</summary>
internal sealed record TracepointOptions
{
    private const int MinimumRingSize = 256 * 1024;
    private const int MaximumRingSize = 8 * 1024 * 1024;
    private const int TotalRingSize = 64 * 1024 * 1024;

    /// <summary>Whether to record the kernel stack of each drop.</summary>
    public bool StackTrace { get; init; }

    /// <summary>Bytes of ring for each CPU, a power of two; null to choose by the number of CPUs.</summary>
    public int? RingSize { get; init; }

    /// <summary>The ring's size for each of this many CPUs: memory is bounded however many there are.</summary>
    public int RingSizeFor(int cpus) =>
        RingSize
            ?? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(TotalRingSize / Math.Max(cpus, 1), MinimumRingSize, MaximumRingSize));
}
