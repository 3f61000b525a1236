using System.Diagnostics;
using System.Text.Json;
using DropMon.Bench.Native;
using DropMon.Filters;
using DropMon.Sessions;

namespace DropMon.Bench.Programs;

/// <summary>Monitors with a filter that wants none of the drops, and talks as <see cref="Collector"/> does.</summary>
internal static class Rejecter
{
    private const string Mark = "mark ";

    /// <param name="source">Where from.</param>
    /// <param name="field">What the filter asks about.</param>
    /// <param name="value">A value that no drop of the storm has.</param>
    public static int Run(string source, string field, string value)
    {
        var options = new DropMonitorOptions { Source = source, Filter = DropFilter.None.With(Enum.Parse<FilterField>(field), value) };
        using DropMonitor monitor = DropMonitor.Start(options);
        Console.WriteLine("ready");
        TimeSpan cpuAtMark = TimeSpan.Zero;
        long rejectedAtMark = 0;
        while (Console.ReadLine() is { } command && command != "stop")
        {
            if (command.StartsWith(Mark, StringComparison.Ordinal))
            {
                WarmUp.Await(command[Mark.Length..], () => Rejected(monitor));
                cpuAtMark = CpuClock.OfThisProcess();
                rejectedAtMark = Rejected(monitor);
                Console.WriteLine("marked");
            }
        }

        monitor.StopAfterReports();
        Console.WriteLine(JsonSerializer.Serialize(new CollectorReport
        {
            Delivered = Rejected(monitor) - rejectedAtMark,
            Lost = monitor.GetLedger().TotalLost,
            StartUpSeconds = cpuAtMark.TotalSeconds,
            CpuSeconds = (CpuClock.OfThisProcess() - cpuAtMark).TotalSeconds,
            PeakMemory = Process.GetCurrentProcess().PeakWorkingSet64,
        }));
        return 0;
    }

    // Wherever it was rejected: the one figure is in the kernel, the other in the process.
    private static long Rejected(DropMonitor monitor)
    {
        DropLedger ledger = monitor.GetLedger();
        return ledger.FilteredInKernel + ledger.FilteredOut;
    }
}
