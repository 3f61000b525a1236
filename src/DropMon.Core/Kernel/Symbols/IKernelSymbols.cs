namespace DropMon.Kernel.Symbols;

/// <summary>A symbol that covers an address.</summary>
/// <param name="Function">The function's name as kallsyms has it.</param>
/// <param name="Offset">Bytes from its start.</param>
/// <param name="Module">The module; null for the kernel proper.</param>
internal readonly record struct ResolvedSymbol(string Function, ulong Offset, string? Module);

/// <summary>Where a function lies.</summary>
/// <param name="Address">Its first byte.</param>
/// <param name="Size">How many bytes until the next symbol: padding included, as the kernel prints it after the slash.</param>
/// <param name="Module">The module; null for the kernel proper.</param>
internal readonly record struct FunctionExtent(ulong Address, ulong Size, string? Module);

/// <summary>Finds the symbol that covers a kernel address.</summary>
internal interface IKernelSymbols
{
    /// <summary>Finds the symbol; false when the table hides or lacks it.</summary>
    bool TryResolve(ulong address, out ResolvedSymbol symbol);

    /// <summary>Whether the kernel shows this process zeros for addresses (kernel.kptr_restrict, or no CAP_SYSLOG).</summary>
    bool AddressesHidden => false;
}
