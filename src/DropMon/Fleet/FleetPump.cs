using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using DropMon.Output;
using DropMon.Sessions;

namespace DropMon.Fleet;

/// <summary>Carries what a fleet says into a cmdlet's pipeline, on the pipeline's thread.</summary>
internal static class FleetPump
{
    /// <summary>For what is watched live: long enough for the way through ssh where no side is busy.</summary>
    public static readonly TimeSpan LiveReorderTime = TimeSpan.FromMilliseconds(500);

    /// <summary>For what is collected: long enough for machines that are busy.</summary>
    public static readonly TimeSpan CollectedReorderTime = TimeSpan.FromSeconds(5);

    private const int ReorderCapacity = 100_000;
    private const long ReorderBytes = 64 * 1024 * 1024;

    /// <summary>Writes alerts merged by time, until the fleet or the number ends.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="run">The fleet.</param>
    /// <param name="count">How many alerts; null for all.</param>
    /// <param name="reorderTime">How long an alert is held back for the sake of earlier ones from other computers.</param>
    /// <param name="progress">Shows how far they are; null for none.</param>
    public static void WriteAlerts(this Cmdlet cmdlet, FleetRun run, long? count, TimeSpan reorderTime, FleetProgress? progress)
    {
        var window = new ReorderWindow(reorderTime, ReorderCapacity, ReorderBytes);
        long left = count ?? long.MaxValue;
        while (!run.IsEnded && left > 0)
        {
            int due = window.DueIn(Environment.TickCount64);
            if (run.TryTake(TimeSpan.FromMilliseconds(due), progress, out HostMessage? message))
            {
                if (message is HostAlerts { Alerts: var alerts })
                {
                    foreach (HostAlert alert in alerts)
                    {
                        window.Add(alert.Alert, alert.Cost, Environment.TickCount64);
                    }
                }
                else
                {
                    cmdlet.Report(message);
                }
            }

            Write(window.Release(Environment.TickCount64));
        }

        Write(window.ReleaseAll());

        void Write(IEnumerable<DropAlert> alerts)
        {
            foreach (DropAlert alert in alerts)
            {
                if (left-- > 0)
                {
                    cmdlet.WriteObject(alert);
                }
            }
        }
    }

    /// <summary>Writes objects of any other kind as they come.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="run">The fleet.</param>
    /// <param name="progress">Shows how far they are; null for none.</param>
    public static void WriteObjects(this Cmdlet cmdlet, FleetRun run, FleetProgress? progress)
    {
        while (!run.IsEnded)
        {
            if (!run.TryTake(Timeout.InfiniteTimeSpan, progress, out HostMessage? message))
            {
                continue;
            }

            if (message is HostObject { Value: var value })
            {
                cmdlet.WriteObject(value);
            }
            else
            {
                cmdlet.Report(message);
            }
        }
    }

    /// <summary>Takes the next message, and shows meanwhile how far the fleet is. False when none came in time, or none yet.</summary>
    public static bool TryTake(this FleetRun run, TimeSpan patience, FleetProgress? progress, [NotNullWhen(true)] out HostMessage? message)
    {
        bool isLong = patience == Timeout.InfiniteTimeSpan || patience > FleetProgress.Interval;
        bool isTaken = run.TryTake(progress is not null && isLong ? FleetProgress.Interval : patience, out message);
        progress?.Observe(message);
        return isTaken;
    }

    /// <summary>Writes what is not output: errors, warnings, the story of -Verbose.</summary>
    public static void Report(this Cmdlet cmdlet, HostMessage message)
    {
        string name = message.Host.Name;
        switch (message)
        {
            case HostError { Error: var error }:
                cmdlet.WriteError(error);
                break;
            case HostWarning { Text: var text }:
                cmdlet.WriteWarning($"{name}: {text}");
                break;
            case HostVerbose { Text: var text }:
                cmdlet.WriteVerbose($"{name}: {text}");
                break;
            case HostLedger { Ledger: var ledger }:
                cmdlet.WriteVerbose($"{name}: Ledger: {ledger}.");
                if (ledger.DescribeLoss() is { } loss)
                {
                    cmdlet.WriteWarning($"{name}: {CmdletText.Of(loss)}");
                }

                break;
            case HostBegan:
                cmdlet.WriteVerbose($"{name}: It has begun.");
                break;
            case HostEnded:
                cmdlet.WriteVerbose($"{name}: It has ended.");
                break;
        }
    }
}
