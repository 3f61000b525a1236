using DropMon.Logging;

namespace DropMon.Kernel.Btf;

/// <summary>
/// The running kernel's enumerations, and those of the modules that are loaded now (/sys/kernel/btf, readable by everybody).
/// </summary>
internal sealed class KernelBtf(string folder = KernelBtf.DefaultFolder)
{
    public const string DefaultFolder = "/sys/kernel/btf";
    private const string KernelFile = "vmlinux";

    /// <summary>Which modules have a file here; null where the kernel has no BTF.</summary>
    public IReadOnlySet<string>? Modules()
    {
        try
        {
            return Directory.EnumerateFiles(folder)
                .Select(file => Path.GetFileName(file))
                .Where(name => name != KernelFile)
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The enumerations whose tag holds <paramref name="part"/>; none where the kernel has no BTF.</summary>
    public IReadOnlyList<BtfEnum> FindEnums(ReadOnlySpan<byte> part)
    {
        BtfBlob? kernel = TryRead(KernelFile, null);
        if (kernel is null)
        {
            return [];
        }

        var clock = new LogClock();
        List<BtfEnum> found = kernel.FindEnums(part);
        foreach (string module in Modules() ?? new HashSet<string>())
        {
            found.AddRange(TryRead(module, kernel)?.FindEnums(part) ?? []);
        }

        DropMonEvents.Log.NamesLoaded("Enumerations", folder, clock.Milliseconds);
        return found;
    }

    private BtfBlob? TryRead(string name, BtfBlob? kernel)
    {
        try
        {
            return BtfBlob.TryParse(File.ReadAllBytes(Path.Combine(folder, name)), kernel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The module was unloaded meanwhile, or this kernel has no BTF.
            return null;
        }
    }
}
