namespace DropMon;

/// <summary>What became of a counter between two snapshots.</summary>
public enum DropCounterState : long
{
    /// <summary>It stands where it stood.</summary>
    Same = 0,

    /// <summary>It has risen, or, for a gauge, moved.</summary>
    Changed,

    /// <summary>It was not there before: a socket, device or rule has come.</summary>
    New,

    /// <summary>It is no longer there: a socket, device or rule has gone, and its last counts with it.</summary>
    Gone,

    /// <summary>It stands lower than before, so it was set back between; the increase is what it has counted since.</summary>
    Reset,
}

/// <summary>One counter at two moments: what <c>Compare-NetDropCounter</c> and <c>Get-NetDropCounter -Delta</c> return.</summary>
public sealed class DropCounterChange
{
    internal DropCounterChange(DropCounter? before, DropCounter? after, TimeSpan duration)
    {
        Counter = after ?? before ?? throw new ArgumentException("One of the two readings is required.", nameof(after));
        Before = before?.Value;
        After = after?.Value;
        Duration = duration;
        (State, Increase) = Compare(Counter, before, after);
    }

    /// <summary>What became of it.</summary>
    public DropCounterState State { get; }

    /// <summary>By how much it has risen; for a gauge, moved. 0 where it has gone.</summary>
    public long Increase { get; }

    /// <summary>The increase a second; null where the time between is 0.</summary>
    public double? PerSecond => Duration > TimeSpan.Zero ? Increase / Duration.TotalSeconds : null;

    /// <summary>The time between the two readings.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The value at first; null where it was not there.</summary>
    public long? Before { get; }

    /// <summary>The value at last; null where it has gone.</summary>
    public long? After { get; }

    /// <summary>The counter, as it was read last.</summary>
    internal DropCounter Counter { get; }

    /// <inheritdoc cref="DropCounter.Class"/>
    public DropClass Class => Counter.Class;

    /// <inheritdoc cref="DropCounter.Name"/>
    public string Name => Counter.Name;

    /// <inheritdoc cref="DropCounter.InterfaceName"/>
    public string? InterfaceName => Counter.InterfaceName;

    /// <inheritdoc cref="DropCounter.Queue"/>
    public string? Queue => Counter.Queue;

    /// <inheritdoc cref="DropCounter.Cpu"/>
    public int? Cpu => Counter.Cpu;

    /// <inheritdoc cref="DropCounter.Socket"/>
    public DropCounterSocket? Socket => Counter.Socket;

    /// <inheritdoc cref="DropCounter.Instance"/>
    public string? Instance => Counter.Instance;

    /// <inheritdoc cref="DropCounter.Scope"/>
    public string Scope => Counter.Scope;

    /// <inheritdoc cref="DropCounter.ImpliesDrop"/>
    public DropImplication ImpliesDrop => Counter.ImpliesDrop;

    /// <inheritdoc cref="DropCounter.Meaning"/>
    public string? Meaning => Counter.Meaning;

    /// <inheritdoc cref="DropCounter.Caveat"/>
    public string? Caveat => Counter.Caveat;

    /// <inheritdoc cref="DropCounter.Reasons"/>
    public IReadOnlyList<string> Reasons => Counter.Reasons;

    /// <inheritdoc cref="DropCounter.Source"/>
    public string Source => Counter.Source;

    /// <inheritdoc cref="DropCounter.ComputerName"/>
    public string? ComputerName => Counter.ComputerName;

    /// <inheritdoc/>
    public override string ToString() => Scope.Length == 0 ? $"{Name} {Increase:+0;-0;0}" : $"{Name} {Increase:+0;-0;0} ({Scope})";

    private static (DropCounterState State, long Increase) Compare(DropCounter counter, DropCounter? before, DropCounter? after)
    {
        if (before is null)
        {
            return (DropCounterState.New, after!.Value);
        }

        if (after is null)
        {
            return (DropCounterState.Gone, 0);
        }

        long difference = after.Value - before.Value;
        if (difference == 0)
        {
            return (DropCounterState.Same, 0);
        }

        if (difference > 0 || counter.Description.IsGauge)
        {
            return (DropCounterState.Changed, difference);
        }

        // Only a counter near its end can have started again: one that fell from the middle was set back.
        return counter.Description.Is32Bit && before.Value > uint.MaxValue / 2 && before.Value <= uint.MaxValue
            ? (DropCounterState.Changed, difference + uint.MaxValue + 1)
            : (DropCounterState.Reset, after.Value);
    }
}
