using DropMon.Filters;
using DropMon.Kernel.Symbols;
using DropMon.Reasons;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Sessions;

/// <summary>
/// Finds the <see cref="DropSite"/> of a raw drop: resolved, classified and filtered once, then looked up. There are few
/// sites, however many drops. For one thread.
/// </summary>
internal sealed class DropSiteTable(IKernelSymbols symbols, ISourceLines lines, IDropClassifier classifier, KernelReasonTable? reasons, DropFilter filter)
{
    // More sites than any kernel has; a source of nonsense cannot fill the memory.
    private const int MostSites = 100_000;
    private const ulong ReasonIsName = 1UL << 33;
    private const int NoTrap = -1;

    private readonly Dictionary<Key, Entry> _sites = [];
    private readonly Utf8NamePool _names = new();
    private readonly KernelReasonTable _reasons = reasons ?? new KernelReasonTable(new Dictionary<uint, string>());
    private int _generation;
    private Key _lastKey;
    private Entry? _lastEntry;

    /// <summary>The site of a drop, and whether the filter wants drops from there.</summary>
    public Entry Find(in RawDrop drop)
    {
        ulong reason = drop.HasReasonNumber ? drop.ReasonNumber + 1UL : ReasonIsName | (uint)_names.Intern(drop.ReasonName);
        var key = new Key(drop.Address, reason, drop.Origin == DropOrigin.Hardware ? _names.Intern(drop.TrapName) : NoTrap);
        if (_names.Generation != _generation)
        {
            // The pool was full and numbers names afresh: what was keyed by a number before is another name now.
            _generation = _names.Generation;
            _sites.Clear();
            _lastEntry = null;
            return Find(in drop);
        }

        // Storms come from one place.
        if (_lastEntry is not null && key == _lastKey)
        {
            return _lastEntry;
        }

        if (!_sites.TryGetValue(key, out Entry? entry))
        {
            if (_sites.Count >= MostSites)
            {
                _sites.Clear();
            }

            entry = Create(drop, reason);
            _sites.Add(key, entry);
        }

        _lastKey = key;
        _lastEntry = entry;
        return entry;
    }

    private Entry Create(in RawDrop drop, ulong reason)
    {
        DropSite site = drop.Origin == DropOrigin.Hardware ? CreateHardware(drop) : CreateSoftware(drop, reason);
        return new Entry(site, filter.Matcher.MatchesSite(site));
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

    private DropSite CreateSoftware(in RawDrop drop, ulong reasonKey)
    {
        KernelReason? reason = null;
        if (drop.HasReasonNumber)
        {
            reason = _reasons.Find(drop.ReasonNumber);
        }
        else if (!drop.ReasonName.IsEmpty)
        {
            reason = _reasons.Find(_names.Text((int)(reasonKey & uint.MaxValue)));
        }

        bool found = symbols.TryResolve(drop.Address, out ResolvedSymbol symbol) || SymbolText.TryParse(drop.Symbol, out symbol);
        DropClassification known = classifier.Classify(reason?.Name, reason?.Subsystem, found ? symbol.Function : null);
        ulong address = drop.Address;
        return new DropSite(() => lines.FindCall(address))
        {
            Address = address,
            Function = found ? symbol.Function : null,
            Offset = found ? symbol.Offset : null,
            Module = found ? symbol.Module : null,
            Reason = reason?.Name,
            ReasonSubsystem = reason?.Subsystem,
            Class = known.Class,
            Type = known.Type ?? reason?.Name,
            Significance = known.Significance,
            Explanation = known.Explanation,
        };
    }

    /// <summary>A site and the filter's verdict on it.</summary>
    internal sealed record Entry(DropSite Site, bool IsWanted);

    private readonly record struct Key(ulong Address, ulong Reason, int Trap);
}
