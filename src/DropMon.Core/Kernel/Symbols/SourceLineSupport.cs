namespace DropMon.Kernel.Symbols;

/// <summary>Whether source lines are available on this machine.</summary>
/// <param name="IsAvailable">Whether they can, for the kernel proper.</param>
/// <param name="Status">What was found, in one sentence.</param>
/// <param name="Remedy">The command that fixes it; null if nothing is wrong.</param>
internal sealed record SourceLineSupport(bool IsAvailable, string Status, string? Remedy);
