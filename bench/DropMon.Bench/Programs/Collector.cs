using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DropMon.Bench.Native;
using DropMon.Sessions;

namespace DropMon.Bench.Programs;

/// <summary>
/// The smallest program on our engine: collects alerts and drops them. It says "ready" on standard output, takes "mark COUNT" and "stop" on
/// standard input, and then says what came and what that cost.
/// </summary>
internal static class Collector
{
    private const string Mark = "mark ";

    /// <param name="source">Where from.</param>
    /// <param name="ringSize">Bytes of ring for each CPU; null for what DropMon chooses.</param>
    public static int Run(string source, string? ringSize = null)
    {
        var options = new DropMonitorOptions
        {
            Source = source,
            RingSize = ringSize is null ? null : int.Parse(ringSize, CultureInfo.InvariantCulture),
        };
        using DropMonitor monitor = DropMonitor.Start(options);
        var counts = new Counts();
        var reader = new Thread(() => counts.Read(monitor)) { Name = "Reader" };
        reader.Start();
        Console.WriteLine("ready");
        TimeSpan cpuAtMark = TimeSpan.Zero;
        long allocatedAtMark = 0;
        long deliveredAtMark = 0;
        while (Console.ReadLine() is { } command && command != "stop")
        {
            if (command.StartsWith(Mark, StringComparison.Ordinal))
            {
                WarmUp.Await(command[Mark.Length..], () => counts.Total);
                cpuAtMark = CpuClock.OfThisProcess();
                allocatedAtMark = GC.GetTotalAllocatedBytes();
                deliveredAtMark = counts.Total;
                Console.WriteLine("marked");
            }
        }

        monitor.StopAfterReports();
        reader.Join();
        TimeSpan cpu = CpuClock.OfThisProcess();
        long allocated = GC.GetTotalAllocatedBytes();
        Console.WriteLine(JsonSerializer.Serialize(new CollectorReport
        {
            Delivered = counts.Total - deliveredAtMark,
            Lost = monitor.GetLedger().TotalLost,
            ByProcess = counts.ByProcess,
            NoSocket = counts.NoSocket,
            StartUpSeconds = cpuAtMark.TotalSeconds,
            CpuSeconds = (cpu - cpuAtMark).TotalSeconds,
            Allocated = allocated - allocatedAtMark,
            PauseSeconds = GC.GetTotalPauseDuration().TotalSeconds,
            PeakMemory = Process.GetCurrentProcess().PeakWorkingSet64,
        }));
        return 0;
    }

    private sealed class Counts
    {
        private const string WantedReason = "NO_SOCKET";
        private long _total;
        private int _lastProcess = -1;
        private long _ofLast;

        public Dictionary<int, long> ByProcess { get; } = [];

        public long NoSocket { get; private set; }

        public long Total => Interlocked.Read(ref _total);

        public void Read(DropMonitor monitor)
        {
            var alerts = new DropAlert[512];
            while (!monitor.IsDrained)
            {
                int taken = monitor.Take(alerts, Timeout.InfiniteTimeSpan);
                foreach (DropAlert alert in alerts.AsSpan(0, taken))
                {
                    Count(alert);
                }

                Interlocked.Add(ref _total, taken);
            }

            NoteLast();
        }

        private void Count(DropAlert alert)
        {
            if (alert.Reason == WantedReason)
            {
                NoSocket++;
            }

            int process = alert.ProcessId ?? 0;
            if (process != _lastProcess)
            {
                NoteLast();
                _lastProcess = process;
                _ofLast = 0;
            }

            _ofLast++;
        }

        private void NoteLast() => ByProcess[_lastProcess] = ByProcess.GetValueOrDefault(_lastProcess) + _ofLast;
    }
}
