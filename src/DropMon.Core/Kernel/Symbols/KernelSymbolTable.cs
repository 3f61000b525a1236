using DropMon.Logging;

namespace DropMon.Kernel.Symbols;

/// <summary>
/// The running kernel's functions, from /proc/kallsyms: read once, when first asked, again when modules have changed. Names
/// stay bytes in one block, since of 100,000 and more only a few are ever asked for.
/// </summary>
internal sealed class KernelSymbolTable : IKernelSymbols
{
    private const string SymbolFile = "/proc/kallsyms";

    private const long ModulesTrusted = 100; // milliseconds; stacks ask for the same module again and again

    private readonly string _symbolFile;
    private readonly string _moduleFile;
    private readonly object _gate = new();
    private volatile SymbolIndex? _index;
    private string? _modules;
    private long _modulesReadAt;
    private bool? _addressesHidden;

    /// <summary>The table of the running kernel.</summary>
    public KernelSymbolTable()
        : this(SymbolFile, ModuleList.DefaultPath)
    {
    }

    internal KernelSymbolTable(string symbolFile, string moduleFile)
    {
        _symbolFile = symbolFile;
        _moduleFile = moduleFile;
    }

    /// <inheritdoc/>
    public bool AddressesHidden => _index?.IsHidden ?? (_addressesHidden ??= HidesFirstFunction());

    /// <summary>Reads the table, unless that was done: a later request for a name then does not wait.</summary>
    public void EnsureLoaded() => Load();

    /// <summary>Finds the functions of a name: several where static functions share it, none where the table hides or lacks it.</summary>
    /// <param name="function">The name as kallsyms has it.</param>
    /// <param name="module">The module; null for the kernel proper and all modules.</param>
    public IReadOnlyList<FunctionExtent> FindFunctions(string function, string? module)
    {
        List<FunctionExtent> found = Load().FindFunctions(function, module);
        return found.Count > 0 ? found : Reload()?.FindFunctions(function, module) ?? found;
    }

    /// <inheritdoc/>
    public bool TryResolve(ulong address, out ResolvedSymbol symbol)
    {
        // The kernel proper stays where it is. What lies elsewhere may be of a module that came since, at a place where another was.
        bool found = Load().TryResolve(address, out symbol);
        if ((!found || (symbol.Module is not null && Environment.TickCount64 - Volatile.Read(ref _modulesReadAt) > ModulesTrusted))
            && Reload() is { } fresh)
        {
            found = fresh.TryResolve(address, out symbol);
        }

        return found;
    }

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

    // Worth the reading only if the list of modules changed.
    private SymbolIndex? Reload()
    {
        lock (_gate)
        {
            return ReadModules() == _modules ? null : Read();
        }
    }

    private SymbolIndex Read()
    {
        var clock = new LogClock();
        _modules = ReadModules();
        try
        {
            using FileStream file = new(_symbolFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            _index = SymbolIndexBuilder.Build(file);
            DropMonEvents.Log.NamesLoaded("Symbols", _symbolFile, clock.Milliseconds);
            return _index;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No /proc, or no descriptors left: addresses stay numbers until the next one asks.
            return _index ?? SymbolIndex.Empty;
        }
    }

    // Starting a monitor asks this, and must not wait for the whole table. Addresses of data may be zero: offsets within a CPU's area.
    private bool HidesFirstFunction()
    {
        try
        {
            foreach (string line in File.ReadLines(_symbolFile))
            {
                if (line.Split(' ', 3) is [{ Length: > 0 } address, "t" or "T", _])
                {
                    return address.All(digit => digit == '0');
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No table hides nothing: addresses stay numbers.
        }

        return false;
    }

    private string ReadModules()
    {
        Volatile.Write(ref _modulesReadAt, Environment.TickCount64);
        return ModuleList.Read(_moduleFile);
    }
}
