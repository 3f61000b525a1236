using DropMon.Filters;
using DropMon.Packets;
using DropMon.Sources.NetDm;

namespace DropMon.Sessions;

/// <summary>How to monitor.</summary>
public sealed record DropMonitorOptions
{
    /// <summary>How many alerts a monitor in the background keeps if nobody says otherwise.</summary>
    public const int DefaultCapacity = 100_000;

    /// <summary>How many alerts may wait for a pipeline that is slower than a storm: about 100 MB at the most.</summary>
    public const int DefaultQueueCapacity = 400_000;

    /// <summary>The source.</summary>
    public DropSourceChoice Source { get; init; }

    /// <summary>Every packet, or counts; for the drop monitor.</summary>
    public DropAlertMode Mode { get; init; } = DropAlertMode.Packet;

    /// <summary>Whether to report drops of hardware too; for the drop monitor.</summary>
    public bool Hardware { get; init; }

    /// <summary>Bytes of each packet to report, 0 for all; for the drop monitor.</summary>
    public int TruncationLength { get; init; } = (int)NetDmOptions.DefaultTruncationLength;

    /// <summary>Alerts that each CPU may queue in the kernel; for the drop monitor.</summary>
    public int QueueLength { get; init; } = (int)NetDmOptions.DefaultQueueLength;

    /// <summary>Bytes that the kernel may queue at the netlink socket; for the drop monitor.</summary>
    public int ReceiveBuffer { get; init; } = NetDmOptions.DefaultReceiveBuffer;

    /// <summary>Bytes of ring for each CPU, a power of two of at least a page; null to choose by the number of CPUs; for the tracepoint.</summary>
    public int? RingSize { get; init; }

    /// <summary>Whether to record the kernel stack of each drop; for the tracepoint.</summary>
    public bool StackTrace { get; init; }

    /// <summary>Whether to take over a drop monitor that somebody else turned on.</summary>
    public bool Force { get; init; }

    /// <summary>How many alerts to buffer, at least 1.</summary>
    public int Capacity { get; init; } = DefaultQueueCapacity;

    /// <summary>Whether the buffer is a ring that is looked at, or a queue that a reader empties.</summary>
    public bool KeepsNewest { get; init; }

    /// <summary>Which drops are wanted.</summary>
    public DropFilter Filter { get; init; } = DropFilter.None;

    internal NetDmOptions ForNetDm() => new()
    {
        Mode = Mode,
        Hardware = Hardware,
        TruncationLength = (uint)TruncationLength,
        QueueLength = (uint)QueueLength,
        ReceiveBuffer = ReceiveBuffer,
        Force = Force,
    };
}
