using DropMon.Kernel.Symbols;

namespace DropMon;

/// <summary>A place in the running kernel, resolved: what <c>Resolve-NetDropLocation</c> returns.</summary>
public sealed record KernelLocation
{
    /// <summary>The text or number that was asked for.</summary>
    public required string Query { get; init; }

    /// <summary>The address in this boot of this kernel.</summary>
    public required ulong Address { get; init; }

    /// <summary>The function that covers the address, as the symbol table names it.</summary>
    public required string Function { get; init; }

    /// <summary>Bytes from the start of <see cref="Function"/> to <see cref="Address"/>.</summary>
    public required ulong Offset { get; init; }

    /// <summary>The module that <see cref="Function"/> belongs to; null for the kernel proper.</summary>
    public string? Module { get; init; }

    /// <summary>The source file; null without debug information.</summary>
    public string? SourceFile { get; init; }

    /// <summary>The line in <see cref="SourceFile"/>, from 1; null without debug information.</summary>
    public int? Line { get; init; }

    /// <summary>The functions inlined at the place, innermost first; null without debug information.</summary>
    internal IReadOnlyList<StackFrame>? InlineFrames { get; init; }

    /// <summary>The place in one string.</summary>
    public string Location => LocationText.Format(Address, Function, Offset, Module, SourceFile, Line);

    /// <inheritdoc/>
    public override string ToString() => Location;
}
