using System.Diagnostics.CodeAnalysis;

namespace DropMon.Reasons;

/// <summary>Names of reasons as people write them.</summary>
internal static class ReasonName
{
    // How the kernel's source spells reasons; what the kernel tells lacks that.
    private const string KernelsPrefix = "SKB_DROP_REASON_";

    // SKB_DROP_REASON_NOT_SPECIFIED: the code that drops has not been given a reason yet.
    private const string NotSpecified = "NOT_SPECIFIED";

    /// <summary>Whether it says why a packet was dropped: not where there is none, nor where the kernel's code gives none.</summary>
    public static bool SaysWhy([NotNullWhen(true)] string? reason) => reason is not null and not NotSpecified;

    /// <summary>A name, or a pattern of names, without the prefix SKB_DROP_REASON_.</summary>
    public static string WithoutPrefix(string name) =>
        name.StartsWith(KernelsPrefix, StringComparison.OrdinalIgnoreCase) ? name[KernelsPrefix.Length..] : name;
}
