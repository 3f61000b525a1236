namespace DropMon;

/// <summary>What debug information says of one address.</summary>
/// <param name="File">The source file, as the debug information spells it, below the kernel's source tree.</param>
/// <param name="Line">The line number, from 1.</param>
/// <param name="InlineFrames">The functions inlined at that address, innermost first; empty where none was.</param>
public sealed record SourceLocation(string File, int Line, IReadOnlyList<StackFrame> InlineFrames);
