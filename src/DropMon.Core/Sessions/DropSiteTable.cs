using DropMon.Kernel.Symbols;
using DropMon.Reasons;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Sessions;

/// <summary>
/// Finds the <see cref="DropSite"/> of a raw drop: resolved and classified once, then looked up. There are few
/// sites, however many drops. For one thread.
/// </summary>
internal sealed class DropSiteTable(IKernelSymbols symbols, ISourceLines lines, IDropClassifier classifier, KernelReasonTable? reasons)
{
    // More sites than any kernel has; a source of nonsense cannot fill the memory.
    private const int MostSites = 100_000;
    private const ulong ReasonIsName = 1UL << 33;
    private const int NoTrap = -1;

    private readonly Dictionary<Key, NumberedSite> _sites = [];
    private readonly Utf8NamePool _names = new();
    private readonly KernelReasonTable _reasons = reasons ?? new KernelReasonTable(new Dictionary<uint, string>());
    private int _generation;
    private int _epoch;
    private Key _lastKey;
    private NumberedSite? _lastEntry;

    /// <summary>The site of a drop.</summary>
    public NumberedSite Find(in RawDrop drop)
    {
        ulong reason = drop.HasReasonNumber ? drop.ReasonNumber + 1UL : ReasonIsName | (uint)_names.Intern(drop.ReasonName);
        var key = new Key(drop.Address, reason, drop.Origin == DropOrigin.Hardware ? _names.Intern(drop.TrapName) : NoTrap);
        if (_names.Generation != _generation)
        {
            // The pool was full and numbers names afresh: what was keyed by a number before is another name now.
            _generation = _names.Generation;
            Clear();
            return Find(in drop);
        }

        // Storms come from one place.
        if (_lastEntry is not null && key == _lastKey)
        {
            return _lastEntry;
        }

        if (!_sites.TryGetValue(key, out NumberedSite? entry))
        {
            if (_sites.Count >= MostSites)
            {
                Clear();
            }

            entry = new NumberedSite(Create(drop, reason), _sites.Count, _epoch);
            _sites.Add(key, entry);
        }

        _lastKey = key;
        _lastEntry = entry;
        return entry;
    }

    private DropSite Create(in RawDrop drop, ulong reason) => drop.Origin == DropOrigin.Hardware ? CreateHardware(drop) : CreateSoftware(drop, reason);

    private void Clear()
    {
        _sites.Clear();
        _lastEntry = null;
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

    private readonly record struct Key(ulong Address, ulong Reason, int Trap);
}

/// <summary>A site and its number.</summary>
/// <param name="Site">The site.</param>
/// <param name="Id">Its number, from 0 on without gaps: what is kept by site can be an array.</param>
/// <param name="Epoch">Rises when the table begins anew, and with it the numbers.</param>
internal sealed record NumberedSite(DropSite Site, int Id, int Epoch);
