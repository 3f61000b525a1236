namespace DropMon.Sources;

/// <summary>Alerts that a source knows it did not deliver, by cause. A reference, since one thread writes it and others read it.</summary>
/// <param name="KernelQueue">The kernel's per-CPU queue was full (NET_DM tail drops).</param>
/// <param name="Socket">The netlink socket's buffer was full.</param>
/// <param name="Ring">A perf ring was full.</param>
/// <param name="Malformed">Messages that could not be decoded.</param>
/// <param name="Unrecorded">The kernel counted a hit of the tracepoint and wrote no record of it, although there was room.</param>
internal sealed record SourceLoss(long KernelQueue, long Socket, long Ring, long Malformed, long Unrecorded = 0);
