namespace DropMon.Machine;

/// <summary>A line of the kernel's log.</summary>
/// <param name="Time">When the kernel wrote it.</param>
/// <param name="Text">What it wrote.</param>
internal sealed record KernelMessage(DateTimeOffset Time, string Text);
