using DropMon.Bench.Harness;
using DropMon.Bench.Programs;
using DropMon.Sources.NetDm;

namespace DropMon.Bench.Comparisons;

/// <summary>A storm at full speed on a kernel that has the drop monitor: our collector beside dropwatch and dwdump.</summary>
internal sealed class NetDmStorm : Comparison
{
    public const string Command = "netdm-here";
    private const int Drops = 200_000;
    private const int WarmUp = 20_000;
    private const int MostTries = 20;
    private const double MostOfDumper = 2;
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(20);

    public override string Name => Command;

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        int drops = settings.Drops(Drops);
        var ours = new List<PeerRun>();
        var dropwatch = new List<PeerRun>();
        var dwdump = new List<PeerRun>();
        for (int i = 0; i < settings.Pairs; i++)
        {
            ours.Add(RunOurs(settings, drops));
            dropwatch.Add(RunDropwatch(settings, drops));
            dwdump.Add(RunDwdump(settings, drops));
        }

        string subtracted = $"Subtracted: what each used until the end of {WarmUp:N0} drops before the storm, here "
            + $"{Statistics.Text(Statistics.Median(ours.Select(run => run.StartSeconds)))} s of ours, "
                + $"{Statistics.Text(Statistics.Median(dropwatch.Select(run => run.StartSeconds)))} s of dropwatch, "
                    + $"{Statistics.Text(Statistics.Median(dwdump.Select(run => run.StartSeconds)))} s of dwdump.";
        yield return new Measurement
        {
            Name = "netdm-delivered",
            What = $"{drops:N0} drops at full speed in packet mode: delivered of what was sent, as it comes out of the box",
            Unit = "delivered/sent",
            Peer = "dropwatch",
            Ours = [.. ours.Select(run => run.Delivered / (double)drops)],
            Theirs = [.. dropwatch.Select(run => run.Delivered / (double)drops)],
            Goal = Goal.AtLeast,
            Target = 1,
        };
        yield return new Measurement
        {
            Name = "netdm-whole",
            What = "the same, beside what was sent",
            Unit = "delivered/sent",
            Peer = "all of them",
            Ours = [.. ours.Select(run => run.Delivered / (double)drops)],
            Theirs = [.. ours.Select(_ => 1.0)],
            Goal = Goal.AtLeast,
            Target = 0.999,
            Note = $"Our ledger's losses in these runs: {string.Join(", ", ours.Select(run => run.Lost))}.",
        };
        yield return PerAlert("netdm-cpu-dropwatch", "dropwatch -l kas, packet mode", ours, dropwatch, 1, subtracted);
        yield return PerAlert("netdm-cpu-dwdump", "dwdump with our queue and truncation, bytes to a file", ours, dwdump, MostOfDumper,
            $"dwdump stored {Statistics.Text(Statistics.Median(dwdump.Select(run => (double)run.Delivered)))} of {drops:N0}.");
    }

    private static Measurement PerAlert(string name, string peer, List<PeerRun> ours, List<PeerRun> theirs, double target, string note) =>
        new()
        {
            Name = name,
            What = "CPU of the process for each alert it delivered",
            Unit = "us/alert",
            Peer = peer,
            Ours = [.. ours.Select(run => run.CpuSeconds / run.Delivered * 1e6)],
            Theirs = [.. theirs.Select(run => run.CpuSeconds / run.Delivered * 1e6)],
            Goal = Goal.AtMost,
            Target = target,
            Note = note,
        };

    private static PeerRun RunOurs(Settings settings, int drops)
    {
        (_, CollectorReport report) = CollectorRun.Run(settings, drops, WarmUp, "collect", "NetDm");
        return new PeerRun(report.Delivered, report.CpuSeconds, report.StartUpSeconds, report.Lost);
    }

    private static PeerRun RunDropwatch(Settings settings, int drops)
    {
        using var scratch = new Scratch();
        string output = scratch["alerts"];
        using Child dropwatch = Child.StartShell($"dropwatch -l kas >'{output}' 2>&1");
        dropwatch.WriteLine("set alertmode packet");
        dropwatch.WriteLine("start");
        long warm = WarmUpUntilSeen(settings, () => CountLines(output));
        return Measure(settings, drops, dropwatch, () =>
        {
            // It hears no command until Ctrl+C has ended its monitoring.
            dropwatch.Interrupt();
            dropwatch.WriteLine("exit");
            dropwatch.CloseInput();
        }, () => CountLines(output) - warm);
    }

    private static PeerRun RunDwdump(Settings settings, int drops)
    {
        using var scratch = new Scratch();
        string output = scratch["alerts.pcap"];
        var defaults = new NetDmOptions();
        using Child dwdump = Child.StartShell($"dwdump -w '{output}' -o sw -t {defaults.TruncationLength} -l {defaults.QueueLength} -b "
            + $"{defaults.ReceiveBuffer}");
        long warm = WarmUpUntilSeen(settings, () => CountRecords(output));
        return Measure(settings, drops, dwdump, dwdump.Interrupt, () => CountRecords(output) - warm);
    }

    // Neither peer says when it has started: a drop that it shows does.
    private static long WarmUpUntilSeen(Settings settings, Func<long> count)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            Storm.Run(settings, WarmUp / MostTries);
            if (Settle(count) > 0)
            {
                Storm.Run(settings, WarmUp);
                return Settle(count);
            }
        }

        throw new InvalidOperationException($"The peer shows none of {WarmUp:N0} drops.");
    }

    private static PeerRun Measure(Settings settings, int drops, Child peer, Action stop, Func<long> count)
    {
        TimeSpan start = peer.Cpu;
        Storm.Run(settings, drops);
        Settle(count);
        TimeSpan cpu = peer.Cpu;
        stop();
        peer.EndWithin(LongestEnding);
        // Whoever was ended by force has left the kernel's monitor on.
        Child.StartShell("dwdump -e >/dev/null 2>&1").Wait();
        return new PeerRun(count(), (cpu - start).TotalSeconds, start.TotalSeconds, 0);
    }

    // Until two looks a moment apart see the same.
    private static long Settle(Func<long> count)
    {
        long seen;
        long before;
        do
        {
            before = count();
            Child.Run("sleep", "0.5");
            seen = count();
        }
        while (seen != before);

        return seen;
    }

    private static long CountLines(string file) => File.Exists(file)
        ? File.ReadLines(file).LongCount(line => line.StartsWith("drop at:", StringComparison.Ordinal)) : 0;

    // pcap: a header of 24 bytes, then records with a header of 16 that has the captured length at 8.
    private static long CountRecords(string file)
    {
        if (!File.Exists(file))
        {
            return 0;
        }

        byte[] bytes = File.ReadAllBytes(file);
        long count = 0;
        for (long at = 24; at + 16 <= bytes.Length; at += 16 + BitConverter.ToUInt32(bytes, (int)at + 8))
        {
            count++;
        }

        return count;
    }

    private sealed record PeerRun(long Delivered, double CpuSeconds, double StartSeconds, long Lost);
}
