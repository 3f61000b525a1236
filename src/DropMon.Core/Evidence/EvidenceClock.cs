using System.Diagnostics;

namespace DropMon.Evidence;

/// <summary>This machine's time.</summary>
internal sealed class EvidenceClock : IEvidenceClock
{
    public TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public void Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.WaitHandle.WaitOne(time);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
