using DropMon.Kernel.Symbols;

namespace DropMon;

/// <summary>One frame of a kernel stack trace, or one inlined function within a frame.</summary>
/// <param name="Address">The return address in the kernel; 0 for an inlined function, which has none of its own.</param>
/// <param name="Function">The function's name; null when the address is not in the symbol table, or the debug information has lost an
/// inlined one's.</param>
/// <param name="Offset">Bytes from the function's start to <paramref name="Address"/>.</param>
/// <param name="Module">The module's name; null for the kernel proper.</param>
/// <param name="SourceFile">The source file as the debug information spells it; null without debug information.</param>
/// <param name="Line">The line in <paramref name="SourceFile"/>; null without debug information.</param>
public sealed record StackFrame(
    ulong Address,
    string? Function,
    ulong Offset,
    string? Module,
    string? SourceFile = null,
    int? Line = null)
{
    private const int OwnWeight = 96;

    /// <summary>Bytes that frames take in memory.</summary>
    internal static int WeightOf(IReadOnlyList<StackFrame> frames)
    {
        long bytes = 0;
        foreach (StackFrame frame in frames)
        {
            bytes += OwnWeight + (2L * ((frame.Function?.Length ?? 0) + (frame.Module?.Length ?? 0) + (frame.SourceFile?.Length ?? 0)));
        }

        return (int)Math.Min(bytes, int.MaxValue);
    }

    /// <summary>The frame in the kernel's own notation, with the source line where it is known.</summary>
    public override string ToString() => LocationText.Format(Address, Function, Offset, Module, SourceFile, Line);
}
