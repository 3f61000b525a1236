namespace DropMon.Symbols;

/// <summary>
/// The running kernel's functions, from /proc/kallsyms: read once, when first asked, again when modules have changed. Names
/// stay bytes in one block, since of 100,000 and more only a few are ever asked for.
/// </summary>
public sealed class KernelSymbolTable : IKernelSymbols
{
    private const string SymbolFile = "/proc/kallsyms";
    private const string ModuleFile = "/proc/modules";

    private const long ModulesTrusted = 100; // milliseconds; stacks ask for the same module again and again

    private readonly string _symbolFile;
    private readonly string _moduleFile;
    private readonly object _gate = new();
    private volatile SymbolIndex? _index;
    private string? _modules;
    private long _modulesReadAt;

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
    public bool TryResolve(ulong address, out ResolvedSymbol symbol)
    {
        // The kernel proper stays where it is. What lies elsewhere may be of a module that came since, at a place where another was.
        bool found = Load().TryResolve(address, out symbol);
        if ((!found || (symbol.Module is not null && Environment.TickCount64 - Volatile.Read(ref _modulesReadAt) > ModulesTrusted)) && Reload() is { } fresh)
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
        _modules = ReadModules();
        try
        {
            using FileStream file = new(_symbolFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return _index = SymbolIndexBuilder.Build(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No /proc, or no descriptors left: addresses stay numbers until the next one asks.
            return _index ?? SymbolIndex.Empty;
        }
    }

    private string ReadModules()
    {
        Volatile.Write(ref _modulesReadAt, Environment.TickCount64);
        try
        {
            // Names, sizes and addresses: reference counts change all the time.
            return string.Join('\n', File.ReadLines(_moduleFile).Select(Identity));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A kernel without modules.
            return "";
        }
    }

    // "name size references users state address": the address is 0 to those who may not see it.
    private static string Identity(string line)
    {
        string[] fields = line.Split(' ');
        return fields.Length < 6 ? line : string.Join(' ', fields[0], fields[1], fields[5]);
    }
}
