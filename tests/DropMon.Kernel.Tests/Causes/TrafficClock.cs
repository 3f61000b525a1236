using DropMon.Evidence;

namespace DropMon.KernelTests.Causes;

/// <summary>Where evidence waits for counters to rise, traffic happens.</summary>
internal sealed class TrafficClock(Action? traffic = null) : IEvidenceClock
{
    public TimeSpan Now { get; private set; }

    public void Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        Now += time;
        traffic?.Invoke();
    }
}
