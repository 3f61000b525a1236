using DropMon.Kernel.Symbols;

namespace DropMon.KernelTests.Symbols;

/// <summary>The running kernel's debug information, opened once. Where its package is installed, it must be found.</summary>
public sealed class DebugInformation : IDisposable
{
    public DebugInformation()
    {
        Lines = new DwarfSourceLines(Symbols);
        Support = Lines.Describe();
        bool isInstalled = File.Exists($"/usr/lib/debug/boot/vmlinux-{File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}");
        Assert.False(isInstalled && !Support.IsAvailable, $"The debug information is installed, yet: {Support.Status}");
    }

    internal SourceLineSupport Support { get; }

    internal KernelSymbolTable Symbols { get; } = new();

    internal DwarfSourceLines Lines { get; }

    public void Dispose() => Lines.Dispose();
}
