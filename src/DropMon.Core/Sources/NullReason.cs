using DropMon.Model.Fields;

namespace DropMon.Sources;

/// <summary>Why fields are null that no source can help, in clauses.</summary>
internal static class NullReason
{
    public const string NoSymbols = "the kernel hides its symbols from this process (see KernelSymbols)";
    public const string NoDebugInformation = "there is no debug information for this kernel (see SourceLines)";

    /// <summary>The reason that all sources share; null where it is the source's.</summary>
    public static string? Of(DropContent content) => content switch
    {
        DropContent.Place => NoSymbols,
        DropContent.SourceLine => NoDebugInformation,
        _ => null,
    };
}
