using System.Numerics;
using DropMon.Filters;

namespace DropMon.Sources.Ebpf;

/// <summary>How to read drops through eBPF.</summary>
internal sealed record EbpfOptions
{
    /// <summary>The most bytes of one packet: the linear part of a large frame.</summary>
    public const int MostBytes = 9216;

    private const int DefaultRingSize = 8 * 1024 * 1024;
    private const int LargestRingSize = 1 << 30;

    /// <summary>Bytes of each packet in an event.</summary>
    public required int Bytes { get; init; }

    /// <summary>Bytes of the ring that all CPUs share, a power of two.</summary>
    public required int RingSize { get; init; }

    /// <summary>Which drops anybody will want.</summary>
    public DropFilter Filter { get; init; } = DropFilter.None;

    /// <summary>Whether the stack of each drop is recorded.</summary>
    public bool StackTrace { get; init; }

    /// <summary>What a request means here.</summary>
    /// <param name="request">What the user asked for; its ring size is for each CPU.</param>
    /// <param name="cpus">How many CPUs write to the ring.</param>
    public static EbpfOptions Of(SourceRequest request, int cpus) => new()
    {
        Bytes = request.TruncationLength is 0 or > MostBytes ? MostBytes : request.TruncationLength,
        RingSize = request.RingSize is { } size
            ? (int)Math.Min(LargestRingSize, BitOperations.RoundUpToPowerOf2((ulong)size * (ulong)Math.Max(1, cpus)))
            : DefaultRingSize,
        Filter = request.Filter,
        StackTrace = request.StackTrace,
    };
}
