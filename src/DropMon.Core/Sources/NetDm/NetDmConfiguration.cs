namespace DropMon.Sources.NetDm;

/// <summary>The drop monitor's configuration. It can change only while the monitor is off.</summary>
/// <param name="Mode">Every packet, or counts.</param>
/// <param name="TruncationLength">How many bytes of a packet are reported; 0 for all.</param>
/// <param name="QueueLength">How many packets each CPU may hold back before it drops the news of drops; at least 1, the kernel's default is
/// 1000.</param>
internal readonly record struct NetDmConfiguration(DropAlertMode Mode, uint TruncationLength, uint QueueLength)
{
    /// <summary>What the kernel starts with.</summary>
    public static NetDmConfiguration KernelDefault => new(DropAlertMode.Summary, 0, 1000);
}

/// <summary>How many alerts the kernel discarded because a CPU's queue was full.</summary>
/// <param name="Software">Tail drops of the queues for software drops.</param>
/// <param name="Hardware">Tail drops of the queues for hardware drops.</param>
internal readonly record struct NetDmStatistics(ulong Software, ulong Hardware);
