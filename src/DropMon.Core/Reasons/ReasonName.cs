namespace DropMon.Reasons;

/// <summary>Names of reasons as people write them.</summary>
internal static class ReasonName
{
    // How the kernel's source spells reasons; what the kernel tells lacks that.
    private const string KernelsPrefix = "SKB_DROP_REASON_";

    /// <summary>A name, or a pattern of names, without the prefix SKB_DROP_REASON_.</summary>
    public static string WithoutPrefix(string name) =>
        name.StartsWith(KernelsPrefix, StringComparison.OrdinalIgnoreCase) ? name[KernelsPrefix.Length..] : name;
}
