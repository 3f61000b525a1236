using DropMon.Commands;

namespace DropMon.Fleet;

/// <summary>
/// Whether all computers of a fleet are well. Each has to say so exactly once: what answers twice, not at all or with something else than
/// yes or no is not well.
/// </summary>
/// <param name="hostCount">How many computers.</param>
internal sealed class FleetVerdict(int hostCount)
{
    private readonly Dictionary<HostConnection, State> _hosts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether every computer answered once, with yes, and ended without an error.</summary>
    public bool IsWell => _hosts.Count == hostCount
        && _hosts.Values.All(host => host is { Answer: true, IsRefused: false, HasEnded: true });

    /// <summary>Takes note of what a computer says.</summary>
    /// <returns>What is wrong with its answer; null where nothing is, or an error says so already.</returns>
    public HostException? Observe(HostMessage message)
    {
        State host = _hosts.GetValueOrDefault(message.Host);
        string? fault = null;
        switch (message)
        {
            case HostObject { Value.BaseObject: not bool }:
                fault = "it is an object that is neither yes nor no.";
                break;
            case HostObject when host.Answer is not null:
                fault = "it answered more than once.";
                break;
            case HostObject { Value.BaseObject: bool answer }:
                host = host with { Answer = answer };
                break;
            case HostError:
                host = host with { IsRefused = true };
                break;
            case HostEnded:
                host = host with { HasEnded = true };
                fault = host.Answer is null ? "it ended without one." : null;
                break;
        }

        bool isNews = fault is not null && !host.IsRefused;
        _hosts[message.Host] = fault is null ? host : host with { IsRefused = true };
        return isNews ? HostException.AnswerRefused(message.Host, fault!) : null;
    }

    private readonly record struct State(bool? Answer, bool IsRefused, bool HasEnded);
}
