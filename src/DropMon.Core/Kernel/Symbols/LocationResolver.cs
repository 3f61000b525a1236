namespace DropMon.Kernel.Symbols;

/// <summary>Resolves places of the running kernel that a log or another tool wrote down.</summary>
internal sealed class LocationResolver(KernelSymbolTable symbols, ISourceLines lines)
{
    public static LocationResolver OfThisMachine()
    {
        var symbols = new KernelSymbolTable();
        return new LocationResolver(symbols, new DwarfSourceLines(symbols));
    }

    /// <inheritdoc cref="ISourceLines.Describe"/>
    public SourceLineSupport Describe() => lines.Describe();

    /// <summary>Resolves a text. More than one place where static functions share a name and nothing tells them apart.</summary>
    /// <exception cref="LocationException">It names no place, or none of this kernel.</exception>
    public IReadOnlyList<KernelLocation> Resolve(string text)
    {
        LocationQuery query = LocationQuery.Parse(text) ?? throw LocationException.Unreadable(text);
        if (symbols.AddressesHidden)
        {
            throw LocationException.AddressesHidden();
        }

        return query.Address is { } address
            ? [Resolve(text, address)]
            : FindExtents(query).ConvertAll(
                extent => Describe(text, extent.Address + query.Offset, new ResolvedSymbol(query.Function!, query.Offset, extent.Module)));
    }

    private KernelLocation Resolve(string text, ulong address) =>
        symbols.TryResolve(address, out ResolvedSymbol symbol)
            ? Describe(text, address, symbol)
            : throw LocationException.AddressUnknown(address);

    private List<FunctionExtent> FindExtents(LocationQuery query)
    {
        string function = query.Function!;
        List<FunctionExtent> extents = [.. symbols.FindFunctions(function, query.Module)];
        if (extents.Count == 0)
        {
            throw LocationException.FunctionUnknown(function, query.Module);
        }

        if (query.Size is { } size)
        {
            List<FunctionExtent> same = extents.FindAll(extent => extent.Size == size);
            // Where a module's last function ends, the symbol table does not tell.
            extents = same.Count > 0
                ? same
                : extents[0].Module is not null ? extents
                : throw LocationException.OtherKernel(function, size, extents[0].Size);
        }

        List<FunctionExtent> covering = extents.FindAll(extent => query.Offset < extent.Size);
        return covering.Count > 0 ? covering : throw LocationException.BeyondFunction(function, query.Offset, extents[0].Size);
    }

    private KernelLocation Describe(string text, ulong address, ResolvedSymbol symbol)
    {
        // Places of drops and frames of stacks are return addresses; only a function's start is none.
        SourceLocation? source = symbol.Offset == 0 ? lines.Find(address) : lines.FindCall(address);
        return new KernelLocation
        {
            Query = text,
            Address = address,
            Function = symbol.Function,
            Offset = symbol.Offset,
            Module = symbol.Module,
            SourceFile = source?.File,
            Line = source?.Line,
            InlineFrames = source?.InlineFrames,
        };
    }
}
