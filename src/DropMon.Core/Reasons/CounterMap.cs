namespace DropMon.Reasons;

/// <summary>What raises a counter.</summary>
/// <param name="Subsystem">Who defines <paramref name="Reason"/>; null where the function alone tells.</param>
/// <param name="Reason">The drop reason; null where the function alone tells.</param>
/// <param name="Functions">The functions, <c>*</c> and <c>?</c> allowed; empty where the reason raises it wherever it is given.</param>
/// <param name="Always">Whether each such drop raises it by one; false where it depends on the case.</param>
internal sealed record CounterRaiser(string? Subsystem, string? Reason, IReadOnlyList<string> Functions, bool Always);

/// <summary>From a counter to the reasons and functions that raise it: the knowledge file read backwards.</summary>
internal sealed class CounterMap
{
    private readonly Dictionary<CounterName, List<CounterRaiser>> _raisers = [];

    public CounterMap(DropKnowledge knowledge)
    {
        foreach (ReasonEntry reason in knowledge.Reasons)
        {
            Add(reason.Counters, new CounterRaiser(reason.Subsystem, reason.Name, [], Always: true));
            Add(reason.PossibleCounters, new CounterRaiser(reason.Subsystem, reason.Name, [], Always: false));
            foreach (SiteEntry site in reason.Sites)
            {
                Add(site.Counters, new CounterRaiser(reason.Subsystem, reason.Name, site.Functions, Always: true));
                Add(site.PossibleCounters, new CounterRaiser(reason.Subsystem, reason.Name, site.Functions, Always: false));
            }
        }

        foreach (SiteEntry function in knowledge.Functions)
        {
            Add(function.Counters, new CounterRaiser(null, null, function.Functions, Always: true));
            Add(function.PossibleCounters, new CounterRaiser(null, null, function.Functions, Always: false));
        }
    }

    /// <summary>Every counter that some drop raises.</summary>
    public IReadOnlyCollection<CounterName> Counters => _raisers.Keys;

    /// <summary>What raises the counter; empty where no drop does.</summary>
    public IReadOnlyList<CounterRaiser> FindRaisers(CounterName counter) =>
        _raisers.TryGetValue(counter, out List<CounterRaiser>? raisers) ? raisers : [];

    private void Add(IReadOnlyList<CounterName>? counters, CounterRaiser raiser)
    {
        foreach (CounterName counter in counters ?? [])
        {
            if (!_raisers.TryGetValue(counter, out List<CounterRaiser>? raisers))
            {
                _raisers.Add(counter, raisers = []);
            }

            raisers.Add(raiser);
        }
    }
}
