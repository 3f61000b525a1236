using DropMon.Reasons.Predicates;

namespace DropMon.Reasons;

/// <summary>
/// What may have happened at one place on one kernel: the variants that the kernel leaves open, in order, and what holds where none of them
/// does.
/// </summary>
/// <param name="Otherwise">Where no variant holds, or nothing tells whether one does.</param>
/// <param name="Variants">Asked of each drop, in this order.</param>
internal sealed record DropVariants(DropClassification Otherwise, IReadOnlyList<DropVariant> Variants)
{
    /// <summary>Asks the kernel: variants that it excludes fall away, and one that it alone decides ends the list.</summary>
    public static DropVariants On(KernelFacts kernel, SiteKnowledge site)
    {
        var open = new List<DropVariant>();
        foreach (VariantEntry variant in site.Variants)
        {
            if (variant.When.Any(predicate => predicate.IsOfKernel && predicate.Ask(kernel) != Truth.Yes))
            {
                continue;
            }

            DropPredicate[] left = [.. variant.When.Where(predicate => !predicate.IsOfKernel)];
            DropClassification classification = site.With(variant).Classification;
            if (left.Length == 0)
            {
                return new DropVariants(classification, open);
            }

            open.Add(new DropVariant(left, classification));
        }

        return new DropVariants(site.Classification, open);
    }

    /// <summary>Which of <see cref="Variants"/> a drop is, by its place in the list; -1 for none.</summary>
    public int Choose(in DropFacts facts)
    {
        for (int i = 0; i < Variants.Count; i++)
        {
            if (Variants[i].Holds(in facts))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>One of the causes at a place, with what tells it from the others.</summary>
/// <param name="When">All of these hold.</param>
/// <param name="Classification">What such a drop is.</param>
internal sealed record DropVariant(DropPredicate[] When, DropClassification Classification)
{
    public bool Holds(in DropFacts facts)
    {
        foreach (DropPredicate predicate in When)
        {
            if (predicate.Ask(in facts) != Truth.Yes)
            {
                return false;
            }
        }

        return true;
    }
}
