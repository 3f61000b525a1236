using System.Diagnostics;
using System.Text.Json;
using DropMon.Bench.Native;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;

namespace DropMon.Bench.Programs;

/// <summary>Counts drops in groups, as Measure-NetDrop does, and talks as <see cref="Collector"/> does.</summary>
internal static class Meter
{
    private const string Mark = "mark ";

    public static int Run(string source)
    {
        var options = new DropMonitorOptions { Source = source };
        using DropMeter meter = DropMeter.Start(options, new DropMeterOptions());
        Console.WriteLine("ready");
        TimeSpan cpuAtMark = TimeSpan.Zero;
        long allocatedAtMark = 0;
        long countedAtMark = 0;
        while (Console.ReadLine() is { } command && command != "stop")
        {
            if (command.StartsWith(Mark, StringComparison.Ordinal))
            {
                WarmUp.Await(command[Mark.Length..], () => meter.Total);
                cpuAtMark = CpuClock.OfThisProcess();
                allocatedAtMark = GC.GetTotalAllocatedBytes();
                countedAtMark = meter.Total;
                Console.WriteLine("marked");
            }
        }

        meter.StopAfterReports();
        TimeSpan cpu = CpuClock.OfThisProcess();
        long allocated = GC.GetTotalAllocatedBytes();
        Console.WriteLine(JsonSerializer.Serialize(new CollectorReport
        {
            Delivered = meter.Total - countedAtMark,
            Lost = meter.GetLedger().TotalLost,
            StartUpSeconds = cpuAtMark.TotalSeconds,
            CpuSeconds = (cpu - cpuAtMark).TotalSeconds,
            Allocated = allocated - allocatedAtMark,
            PeakMemory = Process.GetCurrentProcess().PeakWorkingSet64,
        }));
        return 0;
    }
}
