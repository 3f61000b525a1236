using DropMon.Text;

namespace DropMon.Counters;

/// <summary>The names of the counters that were read, to tell a misspelt one from a counter that no filter lets through.</summary>
internal sealed class CounterNames
{
    private readonly HashSet<string> _counters = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _withoutGroup = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _interfaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly CounterKnowledge _knowledge;

    public CounterNames(IEnumerable<DropCounter> read, CounterKnowledge knowledge)
    {
        _knowledge = knowledge;
        foreach (DropCounter counter in read)
        {
            _counters.Add(counter.Name);
            _withoutGroup.Add(counter.Description.Counter.Name);
            if (counter.InterfaceName is { } interfaceName)
            {
                _interfaces.Add(interfaceName);
            }
        }
    }

    /// <summary>The error for a name, with its group or without, that no counter has; null for one that is there.</summary>
    public CounterException? FindFault(string name) =>
        _counters.Contains(name) || _withoutGroup.Contains(name) ? null
        : _knowledge.All.Any(known => IsSame(known.Name, name) || IsSame(known.Counter.Name, name)) ? CounterException.Absent(name)
        : CounterException.Unknown(name, SimilarNames.To(name, _counters));

    /// <summary>The error for an interface that no counter belongs to; null for one that has some.</summary>
    public CounterException? FindInterfaceFault(string name) =>
        _interfaces.Contains(name) ? null : CounterException.InterfaceUnknown(name, SimilarNames.To(name, _interfaces));

    private static bool IsSame(string known, string name) => known.Equals(name, StringComparison.OrdinalIgnoreCase);
}
