using DropMon.Counters;

namespace DropMon;

/// <summary>One of the kernel's counters, as it stood at one moment, with what it means: what <c>Get-NetDropCounter</c> returns.</summary>
public sealed class DropCounter
{
    private readonly CounterReading _reading;
    private readonly CounterDescription _description;

    internal DropCounter(DateTimeOffset timestamp, string source, CounterReading reading, CounterDescription description)
    {
        _reading = reading;
        _description = description;
        Timestamp = timestamp;
        Source = source;
    }

    /// <summary>When it was read.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The file or facility of the kernel that it was read from.</summary>
    public string Source { get; }

    /// <summary>The part of the stack that counts there.</summary>
    public DropClass Class => _reading.Class ?? _description.Class;

    /// <summary>Group and name in the kernel's spelling, e.g. <c>Udp.RcvbufErrors</c>.</summary>
    public string Name => _description.Name;

    /// <summary>The count since the kernel, the device, the socket or the rule came to be; for a gauge, what is there now.</summary>
    public long Value => _reading.Value;

    /// <summary>The interface that it belongs to; null where it belongs to none.</summary>
    public string? InterfaceName => _reading.InterfaceName;

    /// <summary>The queueing discipline or hardware queue; null where it belongs to none.</summary>
    public string? Queue => _reading.Queue;

    /// <summary>The CPU; null where it is the sum over all.</summary>
    public int? Cpu => _reading.Cpu;

    /// <summary>The socket; null where it belongs to none.</summary>
    public DropCounterSocket? Socket => _reading.Socket;

    /// <summary>What else it belongs to: a rule, a neighbour table, a device's trap; null where that is nothing.</summary>
    public string? Instance => _reading.Instance;

    /// <summary>What it counts, in one sentence; null for a counter that DropMon does not know.</summary>
    public string? Meaning => _description.MeaningOn(_reading.DeviceKind);

    /// <summary>Whether an increase means that packets were dropped.</summary>
    public DropImplication ImpliesDrop => _description.Implies;

    /// <summary>Why <see cref="ImpliesDrop"/> is not Always; null where it is.</summary>
    public string? Caveat => _description.Caveat;

    /// <summary>The drop reasons that raise it; empty where none does.</summary>
    public IReadOnlyList<string> Reasons => _description.Reasons;

    /// <summary>
    /// What it belongs to in one string: interface, queue, CPU, socket, rule; empty for a count of the whole network namespace.
    /// </summary>
    public string Scope => _reading.Scope;

    /// <summary>The computer that it was read on; null for this one.</summary>
    public string? ComputerName { get; init; }

    internal CounterKey Key => _reading.Key with { ComputerName = ComputerName };

    internal CounterDescription Description => _description;

    /// <inheritdoc/>
    public override string ToString() => Scope.Length == 0 ? $"{Name} {Value}" : $"{Name} {Value} ({Scope})";
}
