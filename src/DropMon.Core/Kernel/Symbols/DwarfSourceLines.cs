using DropMon.Native;

namespace DropMon.Kernel.Symbols;

/// <summary>
/// Source lines from DWARF debug information, through libdw where it is installed. The first question reads debug information for
/// tens of milliseconds: never to be asked on a thread that receives. Any thread may ask; one is answered at a time.
/// </summary>
internal sealed class DwarfSourceLines(KernelSymbolTable symbols) : ISourceLines, IDisposable
{
    // A stack trace asks for dozens of addresses, and the next one for the same.
    private const int MostKept = 8192;

    private readonly object _gate = new();
    private readonly Dictionary<ulong, SourceLocation?> _known = [];
    private KernelDebugInfo? _info;
    private string? _modules;
    private bool _isOpened;
    private bool _hasLibrary;
    private string? _unusable;

    /// <inheritdoc/>
    public SourceLocation? FindCall(ulong returnAddress) => returnAddress == 0 ? null : Find(returnAddress - 1);

    /// <inheritdoc/>
    public SourceLocation? Find(ulong address)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(address, out SourceLocation? location))
            {
                return location;
            }

            if (Open() is not { } info)
            {
                return null;
            }

            AdmitNewModules(info, address);
            DebugPlace? place = info.Find(address);
            location = place is null ? null : ToLocation(place);
            if (_known.Count >= MostKept)
            {
                _known.Clear();
            }

            // A module without debug information now may have it when it is loaded again: only what was found is kept.
            if (location is not null)
            {
                _known.Add(address, location);
            }

            return location;
        }
    }

    /// <inheritdoc/>
    public SourceLineSupport Describe()
    {
        DebugInfoPackages packages = DebugInfoPackages.OfThisMachine();
        lock (_gate)
        {
            KernelDebugInfo? info = Open();
            if (symbols.AddressesHidden)
            {
                return new SourceLineSupport(
                    false, "The kernel hides its addresses from this process, so source lines are unavailable.", KernelAddresses.Remedy);
            }

            if (!_hasLibrary)
            {
                return new SourceLineSupport(
                    false, _unusable ?? "elfutils' libdw.so.1, which reads debug information, is not installed.", packages.Library);
            }

            // Every kernel has it, whatever else it has.
            ulong address = symbols.FindFunctions("__kfree_skb", module: null) is [FunctionExtent function, ..] ? function.Address : 0;
            return info?.FindFile(address) is { } file
                ? new SourceLineSupport(true, $"Debug information is read from {file}.", null)
                : new SourceLineSupport(false, "The running kernel's debug information is not installed.", packages.Kernel);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _info?.Dispose();
            _info = null;
        }
    }

    private KernelDebugInfo? Open()
    {
        if (!_isOpened)
        {
            _isOpened = true;
            _hasLibrary = LibDw.TryLoad(out LibDw? library, out _unusable);
            if (library is not null && !symbols.AddressesHidden && DebugFiles.MayExist())
            {
                _modules = ModuleList.Read();
                _info = KernelDebugInfo.Open(library);
            }
        }

        return _info;
    }

    private void AdmitNewModules(KernelDebugInfo info, ulong address)
    {
        if (info.Covers(address) || ModuleList.Read() is not { } modules || modules == _modules)
        {
            return;
        }

        _modules = modules;
        info.AddNewModules();
    }

    private static SourceLocation ToLocation(DebugPlace place)
    {
        var frames = new StackFrame[place.Inlines.Count];
        DebugLine line = place.Innermost;
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = new StackFrame(
                0, place.Inlines[i].Function, 0, null, SourcePath.Shorten(line.File, place.CompilationFolder), line.Line);
            line = place.Inlines[i].CalledFrom ?? line;
        }

        return new SourceLocation(SourcePath.Shorten(place.Innermost.File, place.CompilationFolder), place.Innermost.Line, frames)
        {
            FunctionFile = SourcePath.Shorten(line.File, place.CompilationFolder),
            FunctionLine = line.Line,
        };
    }
}
