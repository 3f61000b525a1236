using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>
/// The functions of elfutils' libdw that find source lines, bound at run time: the library is on most servers, but DropMon works
/// without it. Named as in libdwfl.h and libdw.h.
/// </summary>
internal sealed unsafe partial class LibDw
{
    private const string LibraryName = "libdw.so.1";

    public readonly delegate* unmanaged<DwflCallbacks*, nint> Begin;
    public readonly delegate* unmanaged<nint, void> End;
    public readonly delegate* unmanaged<nint, int> ReportKernel;
    public readonly delegate* unmanaged<nint, int> ReportModules;
    public readonly delegate* unmanaged<nint, void> ReportBeginAdd;
    public readonly delegate* unmanaged<nint, nint, nint, int> ReportEnd;
    public readonly delegate* unmanaged<nint, ulong, nint> FindModule;
    public readonly delegate* unmanaged<nint, ulong*, nint> GetDwarf;
    public readonly delegate* unmanaged<nint, nint, ulong*, ulong*, ulong*, ulong*, byte**, byte**, byte*> ModuleInfo;
    public readonly delegate* unmanaged<nint, ulong, nint> GetSource;
    public readonly delegate* unmanaged<nint, ulong*, int*, int*, ulong*, ulong*, byte*> LineInfo;
    public readonly delegate* unmanaged<nint, ulong, ulong*, DwarfDie*> FindUnit;
    public readonly delegate* unmanaged<DwarfDie*, ulong, DwarfDie**, int> GetScopes;
    public readonly delegate* unmanaged<DwarfDie*, DwarfDie**, int> GetScopesOfDie;
    public readonly delegate* unmanaged<DwarfDie*, int> Tag;
    public readonly delegate* unmanaged<DwarfDie*, byte*> Name;
    public readonly delegate* unmanaged<DwarfDie*, uint, DwarfAttribute*, DwarfAttribute*> Attribute;
    public readonly delegate* unmanaged<DwarfAttribute*, ulong*, int> ToNumber;
    public readonly delegate* unmanaged<DwarfAttribute*, byte*> ToText;
    public readonly delegate* unmanaged<DwarfDie*, nint*, nuint*, int> GetSourceFiles;
    public readonly delegate* unmanaged<nint, nuint, ulong*, ulong*, byte*> SourceFile;

    private readonly nint _library;

    private LibDw(nint library)
    {
        _library = library;
        Begin = (delegate* unmanaged<DwflCallbacks*, nint>)Export("dwfl_begin");
        End = (delegate* unmanaged<nint, void>)Export("dwfl_end");
        ReportKernel = (delegate* unmanaged<nint, int>)Export("dwfl_linux_kernel_report_kernel");
        ReportModules = (delegate* unmanaged<nint, int>)Export("dwfl_linux_kernel_report_modules");
        ReportBeginAdd = (delegate* unmanaged<nint, void>)Export("dwfl_report_begin_add");
        ReportEnd = (delegate* unmanaged<nint, nint, nint, int>)Export("dwfl_report_end");
        FindModule = (delegate* unmanaged<nint, ulong, nint>)Export("dwfl_addrmodule");
        GetDwarf = (delegate* unmanaged<nint, ulong*, nint>)Export("dwfl_module_getdwarf");
        ModuleInfo = (delegate* unmanaged<nint, nint, ulong*, ulong*, ulong*, ulong*, byte**, byte**, byte*>)Export("dwfl_module_info");
        GetSource = (delegate* unmanaged<nint, ulong, nint>)Export("dwfl_module_getsrc");
        LineInfo = (delegate* unmanaged<nint, ulong*, int*, int*, ulong*, ulong*, byte*>)Export("dwfl_lineinfo");
        FindUnit = (delegate* unmanaged<nint, ulong, ulong*, DwarfDie*>)Export("dwfl_module_addrdie");
        GetScopes = (delegate* unmanaged<DwarfDie*, ulong, DwarfDie**, int>)Export("dwarf_getscopes");
        GetScopesOfDie = (delegate* unmanaged<DwarfDie*, DwarfDie**, int>)Export("dwarf_getscopes_die");
        Tag = (delegate* unmanaged<DwarfDie*, int>)Export("dwarf_tag");
        Name = (delegate* unmanaged<DwarfDie*, byte*>)Export("dwarf_diename");
        Attribute = (delegate* unmanaged<DwarfDie*, uint, DwarfAttribute*, DwarfAttribute*>)Export("dwarf_attr");
        ToNumber = (delegate* unmanaged<DwarfAttribute*, ulong*, int>)Export("dwarf_formudata");
        ToText = (delegate* unmanaged<DwarfAttribute*, byte*>)Export("dwarf_formstring");
        GetSourceFiles = (delegate* unmanaged<DwarfDie*, nint*, nuint*, int>)Export("dwarf_getsrcfiles");
        SourceFile = (delegate* unmanaged<nint, nuint, ulong*, ulong*, byte*>)Export("dwarf_filesrc");
        Callbacks = new DwflCallbacks
        {
            FindElf = Export("dwfl_linux_kernel_find_elf"),
            FindDebugInfo = Export("dwfl_standard_find_debuginfo"),
            SectionAddress = Export("dwfl_linux_kernel_module_section_address"),
        };
    }

    /// <summary>What libdw asks for files and addresses: its own functions for the running kernel.</summary>
    public DwflCallbacks Callbacks { get; }

    /// <summary>Loads the library, for good.</summary>
    /// <param name="library">The library; null when there is none that will do.</param>
    /// <param name="why">What was wrong with one that was found.</param>
    public static bool TryLoad([NotNullWhen(true)] out LibDw? library, out string? why)
    {
        library = null;
        why = null;
        ForgetServers();
        if (!NativeLibrary.TryLoad(LibraryName, out nint handle))
        {
            return false;
        }

        try
        {
            library = new LibDw(handle);
            return true;
        }
        catch (EntryPointNotFoundException error)
        {
            why = error.Message;
            NativeLibrary.Free(handle);
            return false;
        }
    }

    /// <summary>
    /// With DEBUGINFOD_URLS set, libdw asks servers for what it does not find, and says to them which kernel runs here. It reads the C
    /// library's copy of the environment, at its loading and at every question; what .NET shows, and hands on to processes that it starts,
    /// is another and stays.
    /// </summary>
    private static void ForgetServers() => _ = Unset("DEBUGINFOD_URLS");

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unset(string name);
}

/// <summary>Dwfl_Callbacks.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DwflCallbacks
{
    public nint FindElf;
    public nint FindDebugInfo;
    public nint SectionAddress;

    /// <summary>Where to look for debug files; null for libdw's own path, with /usr/lib/debug in it.</summary>
    public nint DebugInfoPath;
}

/// <summary>Dwarf_Die: opaque, but its size is part of libdw's binary interface.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct DwarfDie
{
    public nint Address;
}

/// <summary>Dwarf_Attribute: opaque likewise.</summary>
[StructLayout(LayoutKind.Sequential, Size = 24)]
internal struct DwarfAttribute
{
    public uint Code;
}
