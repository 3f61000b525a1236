using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DropMon.Bench.Comparisons;
using DropMon.Bench.Harness;

using Measurement = DropMon.Bench.Harness.Measurement;

namespace DropMon.Bench.Micro;

/// <summary>The parts one by one, by BenchmarkDotNet: what an operation takes and allocates. There is no peer.</summary>
internal sealed class MicroBenchmarks : Comparison
{
    private static readonly Type[] Classes = [
        typeof(DecoderBenchmarks), typeof(BuilderBenchmarks), typeof(PacketBenchmarks), typeof(SymbolBenchmarks), typeof(FilterBenchmarks)];

    public override string Name => "micro";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        // In this process: a project built for the occasion would need the packages of another framework.
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob((settings.Scale > 1 ? Job.ShortRun : Job.MediumRun.WithLaunchCount(1)).WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(settings.Top, "bench/DropMon.Bench/bin/artifacts"))
            .WithOptions(ConfigOptions.DisableOptimizationsValidator);
        return Classes.SelectMany(type => BenchmarkRunner.Run(type, config).Reports.Select(Describe));
    }

    private static Measurement Describe(BenchmarkReport report)
    {
        string what = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        string parameters = string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(item => $"{item.Name} = {item.Value}"));
        double nanoseconds = report.ResultStatistics?.Mean ?? throw new InvalidOperationException($"The benchmark \"{what}\" failed.");
        return new Measurement
        {
            Name = $"micro-{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}{(parameters.Length > 0 ? $"-{parameters.Replace(" = ", "-", StringComparison.Ordinal)}" : "")}".ToLowerInvariant(),
            What = parameters.Length > 0 ? $"{what}, {parameters}" : what,
            Unit = "ns",
            Peer = "itself",
            Ours = [nanoseconds],
            Theirs = [nanoseconds],
            Note = $"{report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0} bytes allocated.",
        };
    }
}
