using DropMon.Kernel.Symbols;
using DropMon.Reasons;
using DropMon.Reasons.Predicates;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Sessions;

/// <summary>
/// Finds the <see cref="DropSite"/> of a raw drop: resolved and classified once, then looked up. There are few
/// sites, however many drops. For one thread.
/// </summary>
internal sealed class DropSiteTable(
    IKernelSymbols symbols, ISourceLines lines, IDropClassifier classifier, KernelReasonTable? reasons, DropDevices? devices = null)
{
    // More sites than any kernel has; a source of nonsense cannot fill the memory.
    private const int MostSites = 100_000;
    private const ulong ReasonIsName = 1UL << 33;
    private const int NoTrap = -1;

    private readonly Dictionary<Key, Place> _places = [];
    private readonly Utf8NamePool _names = new();
    private readonly KernelReasonTable _reasons = reasons ?? new KernelReasonTable(new Dictionary<uint, string>());
    private int _generation;
    private int _epoch;
    private int _numbered;
    private Key _lastKey;
    private Place? _lastPlace;

    /// <summary>The site of a drop. Where several causes share a place, the drop itself decides between the sites of it.</summary>
    public NumberedSite Find(in RawDrop drop)
    {
        Place place = FindPlace(in drop);
        return place.Variants is null ? place.Site : place.Variants.Choose(in drop, devices);
    }

    private Place FindPlace(in RawDrop drop)
    {
        ulong reason = drop.HasReasonNumber ? drop.ReasonNumber + 1UL : ReasonIsName | (uint)_names.Intern(drop.ReasonName);
        var key = new Key(drop.Address, reason, drop.Origin == DropOrigin.Hardware ? _names.Intern(drop.TrapName) : NoTrap);
        if (_names.Generation != _generation)
        {
            // The pool was full and numbers names afresh: what was keyed by a number before is another name now.
            _generation = _names.Generation;
            Clear();
            return FindPlace(in drop);
        }

        // Storms come from one place.
        if (_lastPlace is not null && key == _lastKey)
        {
            return _lastPlace;
        }

        if (!_places.TryGetValue(key, out Place? place))
        {
            if (_numbered >= MostSites)
            {
                Clear();
            }

            place = Create(drop, reason);
            _places.Add(key, place);
        }

        _lastKey = key;
        _lastPlace = place;
        return place;
    }

    private Place Create(in RawDrop drop, ulong reason)
    {
        if (drop.Origin == DropOrigin.Hardware)
        {
            return new Place(Number(CreateHardware(drop)), Variants: null);
        }

        KernelReason? named = Name(drop, reason);
        ResolvedSymbol? symbol = symbols.TryResolve(drop.Address, out ResolvedSymbol found) || SymbolText.TryParse(drop.Symbol, out found)
            ? found
            : null;
        var kernel = new KernelFacts(named is null ? reasons?.GivesReasons() : true, reasons is null ? null : reasons.Has);
        DropVariants known = classifier.Find(named?.Name, named?.Subsystem, symbol?.Function, kernel);
        ulong address = drop.Address;
        NumberedSite otherwise = Number(CreateSoftware(address, named, symbol, known.Otherwise));
        SiteVariants? variants = known.Variants.Count == 0
            ? null
            : new SiteVariants(otherwise, known, classification => Number(CreateSoftware(address, named, symbol, classification)));
        return new Place(otherwise, variants);
    }

    private NumberedSite Number(DropSite site) => new(site, _numbered++, _epoch);

    private void Clear()
    {
        _places.Clear();
        _lastPlace = null;
        _numbered = 0;
        _epoch++;
    }

    private DropSite CreateHardware(in RawDrop drop)
    {
        string trap = _names.Text(_names.Intern(drop.TrapName));
        string? group = drop.TrapGroup.IsEmpty ? null : _names.Text(_names.Intern(drop.TrapGroup));
        DropClassification known = classifier.ClassifyTrap(trap, group);
        return new DropSite
        {
            TrapName = trap,
            TrapGroup = group,
            Class = known.Class,
            Type = known.Type ?? trap,
            Significance = known.Significance,
            Explanation = known.Explanation,
        };
    }

    private KernelReason? Name(in RawDrop drop, ulong reasonKey)
    {
        if (drop.HasReasonNumber)
        {
            return _reasons.Find(drop.ReasonNumber);
        }

        return drop.ReasonName.IsEmpty ? null : _reasons.Find(_names.Text((int)(reasonKey & uint.MaxValue)));
    }

    private DropSite CreateSoftware(ulong address, KernelReason? reason, ResolvedSymbol? symbol, DropClassification known) =>
        new(() => lines.FindCall(address))
        {
            Address = address,
            Function = symbol?.Function,
            Offset = symbol?.Offset,
            Module = symbol?.Module,
            Reason = reason?.Name,
            ReasonSubsystem = reason?.Subsystem,
            Class = known.Class,
            Type = known.Type ?? reason?.Name,
            Significance = known.Significance,
            Explanation = known.Explanation,
        };

    /// <summary>An address, with a reason, and the sites of the causes that share it; null where it has one cause.</summary>
    private sealed record Place(NumberedSite Site, SiteVariants? Variants);

    private readonly record struct Key(ulong Address, ulong Reason, int Trap);
}

/// <summary>A site and its number.</summary>
/// <param name="Site">The site.</param>
/// <param name="Id">Its number, from 0 on without gaps: what is kept by site can be an array.</param>
/// <param name="Epoch">Rises when the table begins anew, and with it the numbers.</param>
internal sealed record NumberedSite(DropSite Site, int Id, int Epoch);
