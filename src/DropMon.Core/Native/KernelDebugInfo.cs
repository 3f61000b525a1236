using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>A line in a source file; the file as the debug information spells it.</summary>
internal readonly record struct DebugLine(string File, int Line);

/// <summary>A function that the compiler put into another.</summary>
/// <param name="Function">Its name; null where the debug information has lost it.</param>
/// <param name="CalledFrom">Where it is called; null where the debug information does not tell.</param>
internal readonly record struct DebugInline(string? Function, DebugLine? CalledFrom);

/// <summary>What debug information says of an address.</summary>
/// <param name="Innermost">The line of the instruction.</param>
/// <param name="Inlines">The functions inlined there, innermost first.</param>
/// <param name="CompilationFolder">Where the compiler ran (DW_AT_comp_dir).</param>
internal sealed record DebugPlace(DebugLine Innermost, IReadOnlyList<DebugInline> Inlines, string? CompilationFolder);

/// <summary>
/// The running kernel and its modules as libdw sees them (a Dwfl): it knows of KASLR and of relocated modules, and finds separate and
/// compressed debug files by build id. For one thread at a time.
/// </summary>
internal sealed unsafe class KernelDebugInfo : SafeHandle
{
    private const int InlinedSubroutine = 0x1d; // DW_TAG_inlined_subroutine
    private const uint CompDir = 0x1b; // DW_AT_comp_dir
    private const uint CallFile = 0x58; // DW_AT_call_file
    private const uint CallLine = 0x59; // DW_AT_call_line

    private readonly LibDw _dw;
    private readonly DwflCallbacks* _callbacks;

    private KernelDebugInfo(LibDw dw)
        : base(0, ownsHandle: true)
    {
        _dw = dw;
        // The library keeps the pointer.
        _callbacks = (DwflCallbacks*)NativeMemory.Alloc((nuint)sizeof(DwflCallbacks));
        *_callbacks = dw.Callbacks;
        SetHandle(dw.Begin(_callbacks));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Opens the running kernel; null when libdw cannot tell where it lies.</summary>
    public static KernelDebugInfo? Open(LibDw dw)
    {
        var info = new KernelDebugInfo(dw);
        if (!info.IsInvalid)
        {
            if (dw.ReportKernel(info.handle) == 0)
            {
                // A kernel without modules has none to report.
                _ = dw.ReportModules(info.handle);
                _ = dw.ReportEnd(info.handle, 0, 0);
                return info;
            }
        }

        info.Dispose();
        return null;
    }

    /// <summary>Takes in modules that have been loaded since.</summary>
    public void AddNewModules()
    {
        _dw.ReportBeginAdd(handle);
        _ = _dw.ReportModules(handle);
        _ = _dw.ReportEnd(handle, 0, 0);
    }

    /// <summary>Whether the address lies in the kernel or a module that is known.</summary>
    public bool Covers(ulong address) => _dw.FindModule(handle, address) != 0;

    /// <summary>The file with the debug information for an address; null where there is none.</summary>
    public string? FindFile(ulong address)
    {
        nint module = _dw.FindModule(handle, address);
        ulong bias;
        if (module == 0 || _dw.GetDwarf(module, &bias) == 0)
        {
            return null;
        }

        byte* main;
        byte* debug;
        _ = _dw.ModuleInfo(module, 0, null, null, null, null, &main, &debug);
        return Text(debug) ?? Text(main);
    }

    /// <summary>Finds the line and the inlined functions of an instruction; null without debug information for it.</summary>
    public DebugPlace? Find(ulong address)
    {
        nint module = _dw.FindModule(handle, address);
        if (module == 0)
        {
            return null;
        }

        nint line = _dw.GetSource(module, address);
        int number = 0;
        string? file = line == 0 ? null : Text(_dw.LineInfo(line, null, &number, null, null, null));
        if (file is null || number <= 0)
        {
            return null;
        }

        ulong bias;
        DwarfDie* unit = _dw.FindUnit(module, address, &bias);
        return unit is null
            ? new DebugPlace(new DebugLine(file, number), [], null)
            : new DebugPlace(new DebugLine(file, number), FindInlines(unit, address - bias), TextAttribute(unit, CompDir));
    }

    protected override bool ReleaseHandle()
    {
        _dw.End(handle);
        NativeMemory.Free(_callbacks);
        return true;
    }

    private List<DebugInline> FindInlines(DwarfDie* unit, ulong address)
    {
        var inlines = new List<DebugInline>();
        DwarfDie* scopes = null;
        if (_dw.GetScopes(unit, address, &scopes) <= 0)
        {
            return inlines;
        }

        // Of an inlined function this gives the scopes of its definition; those around the place itself are asked for by the entry.
        DwarfDie innermost = *scopes;
        NativeMemory.Free(scopes);
        int count = _dw.GetScopesOfDie(&innermost, &scopes);
        for (int i = 0; i < count; i++)
        {
            if (_dw.Tag(&scopes[i]) == InlinedSubroutine)
            {
                inlines.Add(new DebugInline(Text(_dw.Name(&scopes[i])), FindCaller(unit, &scopes[i])));
            }
        }

        if (count > 0)
        {
            NativeMemory.Free(scopes);
        }

        return inlines;
    }

    private DebugLine? FindCaller(DwarfDie* unit, DwarfDie* inlined)
    {
        nint files;
        return NumberAttribute(inlined, CallFile) is { } index
            && NumberAttribute(inlined, CallLine) is { } line
            && _dw.GetSourceFiles(unit, &files, null) == 0
            && Text(_dw.SourceFile(files, (nuint)index, null, null)) is { } file
            ? new DebugLine(file, (int)line)
            : null;
    }

    private ulong? NumberAttribute(DwarfDie* die, uint name)
    {
        DwarfAttribute attribute;
        ulong number;
        return _dw.Attribute(die, name, &attribute) is not null && _dw.ToNumber(&attribute, &number) == 0 ? number : null;
    }

    private string? TextAttribute(DwarfDie* die, uint name)
    {
        DwarfAttribute attribute;
        return _dw.Attribute(die, name, &attribute) is null ? null : Text(_dw.ToText(&attribute));
    }

    private static string? Text(byte* text) => text is null ? null : SafeText.Escape(Marshal.PtrToStringUTF8((nint)text)!);
}
