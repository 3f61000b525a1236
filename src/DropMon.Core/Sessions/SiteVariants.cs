using DropMon.Reasons;
using DropMon.Reasons.Predicates;
using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>
/// The sites of one place where several causes drop: each is made at its first drop and shared by all others of that cause. For one thread.
/// </summary>
/// <param name="otherwise">The site of drops that no variant is known to hold for.</param>
/// <param name="known">What may have happened there.</param>
/// <param name="create">Makes the site of a variant.</param>
internal sealed class SiteVariants(NumberedSite otherwise, DropVariants known, Func<DropClassification, NumberedSite> create)
{
    private readonly NumberedSite?[] _entries = new NumberedSite?[known.Variants.Count];

    public NumberedSite Choose(in RawDrop drop, DropDevices? devices)
    {
        int index = known.Choose(new DropFacts(drop.Payload, drop.HasEtherType ? drop.EtherType : null, devices?.Find(in drop)));
        return index < 0 ? otherwise : _entries[index] ??= create(known.Variants[index].Classification);
    }
}
