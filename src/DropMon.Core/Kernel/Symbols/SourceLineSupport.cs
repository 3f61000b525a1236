namespace DropMon.Kernel.Symbols;

/// <summary>Whether source lines are available on this machine.</summary>
/// <param name="IsAvailable">Whether they can, for the kernel proper.</param>
/// <param name="Status">What was found, in one sentence.</param>
/// <param name="Remedy">The command that mends it; null where nothing is to mend.</param>
internal sealed record SourceLineSupport(bool IsAvailable, string Status, string? Remedy);
