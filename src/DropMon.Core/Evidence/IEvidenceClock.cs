namespace DropMon.Evidence;

/// <summary>The time that passes between two readings of counters. Tests let traffic happen in it.</summary>
internal interface IEvidenceClock
{
    /// <summary>Time since any fixed moment.</summary>
    TimeSpan Now { get; }

    /// <summary>Waits.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    void Wait(TimeSpan time, CancellationToken cancellationToken);
}
