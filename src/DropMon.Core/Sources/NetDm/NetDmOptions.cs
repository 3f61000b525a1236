using DropMon.Packets;

namespace DropMon.Sources.NetDm;

/// <summary>How to use the drop monitor.</summary>
internal sealed record NetDmOptions
{
    /// <summary>Enough for the headers of a tunnelled packet; a short alert costs the kernel and the reader less.</summary>
    public const uint DefaultTruncationLength = 256;

    /// <summary>
    /// Ten times the kernel's own default: its worker runs on the CPU that drops, and a storm keeps it waiting.
    /// </summary>
    public const uint DefaultQueueLength = 100_000;

    /// <summary>Bytes that the kernel may queue for the reader.</summary>
    public const int DefaultReceiveBuffer = 32 * 1024 * 1024;

    public DropAlertMode Mode { get; init; } = DropAlertMode.Packet;

    public uint TruncationLength { get; init; } = DefaultTruncationLength;

    public uint QueueLength { get; init; } = DefaultQueueLength;

    public int ReceiveBuffer { get; init; } = DefaultReceiveBuffer;

    /// <summary>Whether to report drops of hardware too.</summary>
    public bool Hardware { get; init; }

    /// <summary>Whether to take over a monitor that somebody else turned on.</summary>
    public bool Force { get; init; }

    public NetDmConfiguration Configuration => new(Mode, TruncationLength, QueueLength);
}
