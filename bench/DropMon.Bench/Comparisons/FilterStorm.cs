using DropMon.Bench.Harness;
using DropMon.Bench.Programs;

namespace DropMon.Bench.Comparisons;

/// <summary>What a drop costs the sender that the eBPF program rejects, beside one that it records.</summary>
internal sealed class FilterStorm : Comparison
{
    private const int Drops = 2_000_000;
    private const double MostOfRecording = 0.4;

    public override string Name => "filter";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        int drops = settings.Drops(Drops);
        var quiet = new List<Storm>();
        var recorded = new List<Storm>();
        var byReason = new List<(Storm Storm, CollectorReport Report)>();
        var byPort = new List<(Storm Storm, CollectorReport Report)>();
        for (int i = 0; i < settings.Pairs; i++)
        {
            quiet.Add(Storm.Run(settings, drops));
            recorded.Add(CollectorRun.Run(settings, drops, "collect", "Ebpf").Storm);
            byReason.Add(CollectorRun.Run(settings, drops, "reject", "Ebpf", "Reason", "TCP_CSUM"));
            byPort.Add(CollectorRun.Run(settings, drops, "reject", "Ebpf", "DestinationPort", "1"));
        }

        yield return Extra("filter-reason", "by its reason", quiet, recorded, byReason);
        yield return Extra("filter-port", "by its port, for which the headers are read", quiet, recorded, byPort);
    }

    private static Measurement Extra(
        string name, string how, List<Storm> quiet, List<Storm> recorded, List<(Storm Storm, CollectorReport Report)> rejected) => new()
        {
            Name = name,
            What = $"what a packet costs the sender more than unwatched, in CPU time, when the eBPF program rejects it {how}",
            Unit = "ns/packet",
            Peer = "recording it",
            Ours = [.. rejected.Zip(quiet, (run, unwatched) => run.Storm.CpuNanoseconds - unwatched.CpuNanoseconds)],
            Theirs = [.. recorded.Zip(quiet, (storm, unwatched) => storm.CpuNanoseconds - unwatched.CpuNanoseconds)],
            Goal = Goal.AtMost,
            Target = MostOfRecording,
            Note = $"Unwatched it is {Statistics.Text(Statistics.Median(quiet.Select(storm => storm.CpuNanoseconds)))} ns. "
                + $"Rejected of those sent: {string.Join(", ", rejected.Select(run => $"{run.Report.Delivered} of {run.Storm.Sent}"))}.",
        };
}
