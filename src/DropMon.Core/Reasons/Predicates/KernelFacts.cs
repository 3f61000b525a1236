namespace DropMon.Reasons.Predicates;

/// <summary>What is known of the kernel that dropped a packet: the reasons that it can give.</summary>
/// <param name="givesReasons">Whether it gives reasons at all; null where that is not known.</param>
/// <param name="hasReason">Whether it has the core reason of a name; null where its list is not to be read.</param>
internal sealed class KernelFacts(bool? givesReasons, Func<string, bool?>? hasReason)
{
    /// <summary>The value of a predicate that asks for any reason.</summary>
    public const string AnyReason = "reasons";

    /// <summary>A kernel of which nothing is known: one that wrote a file, say.</summary>
    public static KernelFacts Unknown { get; } = new(null, null);

    /// <summary>Whether it has a reason; of a kernel without reasons that is known for each.</summary>
    public Truth Has(string reason) => reason == AnyReason
        ? Truth(givesReasons)
        : givesReasons == false ? Predicates.Truth.No : Truth(hasReason?.Invoke(reason));

    private static Truth Truth(bool? known) => known is { } holds ? TruthOf.Known(holds) : Predicates.Truth.Unknown;
}
