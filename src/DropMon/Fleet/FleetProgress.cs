using System.Diagnostics;
using System.Management.Automation;

namespace DropMon.Fleet;

/// <summary>Shows how far a fleet is: how many computers are being connected to, at work and done. For the pipeline's thread.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="hostCount">How many computers.</param>
/// <param name="activity">What they do, as the cmdlet says it of this computer.</param>
/// <param name="duration">How long each works; null for as long as it takes.</param>
internal sealed class FleetProgress(Cmdlet cmdlet, int hostCount, string activity, TimeSpan? duration)
{
    /// <summary>How often it wants to show.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<HostConnection, long> _atWork = new(ReferenceEqualityComparer.Instance);
    private long _shown;
    private int _ended;

    /// <summary>Takes note of what a computer says, and shows how far they are when it is time.</summary>
    public void Observe(HostMessage? message)
    {
        switch (message)
        {
            case HostBegan { Host: var host }:
                _atWork.TryAdd(host, Stopwatch.GetTimestamp());
                break;
            case HostEnded { Host: var host }:
                _atWork.Remove(host);
                _ended++;
                break;
        }

        if (_shown == 0 || message is HostBegan or HostEnded || Stopwatch.GetElapsedTime(_shown) >= Interval)
        {
            Show();
        }
    }

    /// <summary>Takes it away.</summary>
    public void Complete() => cmdlet.WriteProgress(new ProgressRecord(0, activity, Status) { RecordType = ProgressRecordType.Completed });

    private string Status => $"{hostCount} computers: {hostCount - _atWork.Count - _ended} connecting, {_atWork.Count} at work, {_ended} "
        + "done";

    private void Show()
    {
        _shown = Stopwatch.GetTimestamp();
        double done = _ended + _atWork.Values.Sum(
            since => duration is { Ticks: > 0 } whole ? Math.Min(1, Stopwatch.GetElapsedTime(since) / whole) : 0);
        cmdlet.WriteProgress(new ProgressRecord(0, activity, Status) { PercentComplete = (int)(100 * done / hostCount) });
    }
}
