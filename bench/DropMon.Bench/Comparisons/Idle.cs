using System.Globalization;
using DropMon.Bench.Harness;

namespace DropMon.Bench.Comparisons;

/// <summary>What watching costs while nothing is dropped, and what is left of it when it has stopped.</summary>
internal sealed class Idle : Comparison
{
    private const int Seconds = 10;
    // seconds: the runtime ends threads of its pool, and that of its collector, after twenty without work
    private const string RuntimeSettles = "30";
    private const double MostCpu = 0.001; // of one CPU
    private const int Drops = 500_000;
    private const double Noise = 1.05;

    public override string Name => "idle";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        var cpu = new List<double>();
        var wakeUps = new List<double>();
        var alerts = new List<double>();
        var before = new List<double>();
        var after = new List<double>();
        int drops = settings.Drops(Drops);
        for (int i = 0; i < settings.Pairs; i++)
        {
            before.Add(Storm.Run(settings, drops).CpuNanoseconds);
            Watch(settings, cpu, wakeUps, alerts);
            after.Add(Storm.Run(settings, drops).CpuNanoseconds);
        }

        yield return new Measurement
        {
            Name = "idle-cpu",
            What = $"CPU of dropmon watch in {Seconds} seconds in which nothing of ours is dropped",
            Unit = "% of a CPU",
            Peer = "limit",
            Ours = [.. cpu.Select(share => share * 100)],
            Theirs = [.. cpu.Select(_ => MostCpu * 100)],
            Goal = Goal.AtMost,
            Target = 1,
        };
        yield return new Measurement
        {
            Name = "idle-wakeups",
            What = $"how often its threads woke in {Seconds} seconds; the peer is one, that of the runtime's finalizer thread, and five "
                + "more for each foreign drop that it saw",
            Unit = "wake-ups",
            Peer = "the runtime's own, and drops",
            Ours = wakeUps,
            Theirs = [.. alerts.Select(count => (5 * count) + 1)],
            Goal = Goal.AtMost,
            Target = 1,
            Note = $"It saw {string.Join(", ", alerts.Select(count => count.ToString(CultureInfo.InvariantCulture)))} drops of others.",
        };
        yield return new Measurement
        {
            Name = "stopped",
            What = "what a packet costs the sender when a watch has ended, beside before it came, in CPU time",
            Unit = "ns/packet",
            Peer = "before we came",
            Ours = after,
            Theirs = before,
            Goal = Goal.AtMost,
            Target = Noise,
        };
    }

    private static void Watch(Settings settings, List<double> cpu, List<double> wakeUps, List<double> alerts)
    {
        using Child watch = Child.Start(settings.Cli, "watch", "--json", "--source", "Tracepoint");
        // One drop tells that it watches; then whatever a runtime does in its first seconds is let pass.
        using (Child sender = Storm.Begin(settings, 1000, 1000))
        {
            watch.WaitForLine("NO_SOCKET");
            Storm.End(sender);
        }

        var lines = new LineCounter(watch);
        Child.Run("sleep", RuntimeSettles);
        TimeSpan cpuBefore = watch.Cpu;
        Dictionary<string, long> wakeUpsBefore = watch.WakeUps;
        long linesBefore = lines.Count;
        Child.Run("sleep", Seconds.ToString(CultureInfo.InvariantCulture));
        cpu.Add((watch.Cpu - cpuBefore).TotalSeconds / Seconds);
        wakeUps.Add(watch.WakeUps.Sum(thread => Math.Max(0, thread.Value - wakeUpsBefore.GetValueOrDefault(thread.Key))));
        alerts.Add(lines.Count - linesBefore);
        watch.Interrupt();
        watch.WaitForSuccess();
        lines.Wait();
    }

    private sealed class LineCounter
    {
        private readonly Thread _thread;
        private long _count;

        public LineCounter(Child child)
        {
            _thread = new Thread(() =>
            {
                while (child.ReadLine() is not null)
                {
                    Interlocked.Increment(ref _count);
                }
            });
            _thread.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Wait() => _thread.Join();
    }
}
