namespace DropMon.Kernel.Symbols;

/// <summary>Finds the source line of a kernel address in debug information.</summary>
internal interface ISourceLines
{
    /// <summary>
    /// Finds the line of the call that returns to <paramref name="returnAddress"/>: the address before it is looked up, else the
    /// line after the call would be named. Null without debug information. Never throws.
    /// </summary>
    SourceLocation? FindCall(ulong returnAddress);

    /// <summary>Finds the line of the instruction at an address. Null without debug information. Never throws.</summary>
    SourceLocation? Find(ulong address) => null;

    /// <summary>Whether lines can be found for the kernel proper, and if not, the fix.</summary>
    SourceLineSupport Describe() => new(false, "There is no debug information.", null);
}
