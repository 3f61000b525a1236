namespace DropMon.Bench.Sender;

/// <summary>What a flood cost the thread that sent it.</summary>
/// <param name="Sent">Packets.</param>
/// <param name="WallNanoseconds">From the first to the last, pauses of a limited rate included.</param>
/// <param name="CpuNanoseconds">The thread's CPU time: the kernel drops a loopback packet in its sender's context.</param>
internal readonly record struct FloodResult(long Sent, long WallNanoseconds, long CpuNanoseconds);
