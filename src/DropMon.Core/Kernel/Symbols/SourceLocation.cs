namespace DropMon;

/// <summary>What debug information says of one address.</summary>
/// <param name="File">The source file, as the debug information spells it, below the kernel's source tree.</param>
/// <param name="Line">The line number, from 1.</param>
/// <param name="InlineFrames">The functions inlined at that address, innermost first; empty where none was.</param>
public sealed record SourceLocation(string File, int Line, IReadOnlyList<StackFrame> InlineFrames)
{
    /// <summary>
    /// The file of the function itself, that is of the one around all of <see cref="InlineFrames"/>; <see cref="File"/> where nothing was
    /// inlined.
    /// </summary>
    public string FunctionFile { get; init; } = File;

    /// <summary>
    /// The line in the function itself: where it calls the outermost inlined one; <see cref="Line"/> where nothing was inlined.
    /// </summary>
    public int FunctionLine { get; init; } = Line;
}
