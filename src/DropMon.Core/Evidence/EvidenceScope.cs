using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>
/// What a probe can look into. A reason decides alone. Where the kernel gives none (before 5.17), or one that says
/// nothing, the function that dropped the packet or its class decides.
/// </summary>
internal sealed class EvidenceScope(params string[] reasons)
{
    /// <summary>Reasons, <c>*</c> and <c>?</c> allowed.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;

    /// <summary>
    /// Functions that drop for such a reason on some kernel, <c>*</c> and <c>?</c> allowed; compiler suffixes are ignored.
    /// </summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Classes in which every drop is worth the look, whatever the function.</summary>
    public IReadOnlyList<DropClass> Classes { get; init; } = [];

    public bool Covers(EvidenceQuery query) =>
        query.DecidingReason is { } reason ? Matches(Reasons, reason)
        : (query.Function is { } function && Matches(Functions, FunctionName.StripCompilerSuffix(function)))
            || (query.Class is { } dropClass && Classes.Contains(dropClass));

    private static bool Matches(IReadOnlyList<string> patterns, string name) => NamePatternSet.Parse(patterns).Matches(name);
}
