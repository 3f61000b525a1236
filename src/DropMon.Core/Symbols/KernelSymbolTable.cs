namespace DropMon.Symbols;

/// <summary>
/// The running kernel's functions, from /proc/kallsyms: read once, when first asked, again when modules have changed. Names
/// stay bytes in one block, since of 100,000 and more only a few are ever asked for.
/// </summary>
public sealed class KernelSymbolTable : IKernelSymbols
{
    private const string SymbolFile = "/proc/kallsyms";
    private const string ModuleFile = "/proc/modules";

    private readonly string _symbolFile;
    private readonly string _moduleFile;
    private readonly object _gate = new();
    private volatile SymbolIndex? _index;
    private string? _modules;

    /// <summary>The table of the running kernel.</summary>
    public KernelSymbolTable()
        : this(SymbolFile, ModuleFile)
    {
    }

    internal KernelSymbolTable(string symbolFile, string moduleFile)
    {
        _symbolFile = symbolFile;
        _moduleFile = moduleFile;
    }

    /// <summary>Whether the kernel shows this process zeros for addresses (kernel.kptr_restrict without CAP_SYSLOG).</summary>
    public bool AddressesHidden => Load().IsHidden;

    /// <inheritdoc/>
    public bool TryResolve(ulong address, out ResolvedSymbol symbol) =>
        Load().TryResolve(address, out symbol) || (Reload() is { } fresh && fresh.TryResolve(address, out symbol));

    private SymbolIndex Load()
    {
        if (_index is { } index)
        {
            return index;
        }

        lock (_gate)
        {
            return _index ?? Read();
        }
    }

    // A module may have been loaded since. Asked only at a miss, and worth the reading only if the list of modules changed.
    private SymbolIndex? Reload()
    {
        lock (_gate)
        {
            return ReadModules() == _modules ? null : Read();
        }
    }

    private SymbolIndex Read()
    {
        _modules = ReadModules();
        using FileStream file = new(_symbolFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        SymbolIndex index = SymbolIndexBuilder.Build(file);
        _index = index;
        return index;
    }

    private string ReadModules()
    {
        try
        {
            // Only the names and sizes: reference counts change all the time.
            return string.Join('\n', File.ReadLines(_moduleFile).Select(line => string.Join(' ', line.Split(' ').Take(2))));
        }
        catch (IOException)
        {
            // A kernel without modules.
            return "";
        }
    }
}
