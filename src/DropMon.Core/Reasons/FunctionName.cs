namespace DropMon.Reasons;

/// <summary>Function names as the source spells them, from symbols as the compiler emits them.</summary>
internal static class FunctionName
{
    /// <summary>
    /// Drops what compilers append to a symbol: <c>.isra.0</c>, <c>.constprop.0</c>, <c>.part.0</c>, <c>.cold</c>,
    /// <c>.llvm.123</c> and any pile of them. No C identifier holds a dot, so the first one ends the name.
    /// </summary>
    public static string StripCompilerSuffix(string symbol)
    {
        int dot = symbol.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? symbol[..dot] : symbol;
    }
}
