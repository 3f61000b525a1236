using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

/// <summary>A symbol table from text, in the form of /proc/kallsyms.</summary>
internal sealed class SymbolFiles : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public SymbolFiles(string text)
    {
        File.WriteAllText(_path, text);
        Table = new KernelSymbolTable(_path, "/nonexistent/modules");
    }

    public KernelSymbolTable Table { get; }

    public void Dispose() => File.Delete(_path);
}
