using System.Globalization;
using System.Runtime.InteropServices;

namespace DropMon.Bench.Harness;

/// <summary>Where and with what a run was done.</summary>
internal sealed record MachineDescription
{
    public required string Kernel { get; init; }

    public required string Processor { get; init; }

    public required int Cpus { get; init; }

    public required string Runtime { get; init; }

    public required string PowerShell { get; init; }

    public required string Perf { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Programs that wanted to run beside the benchmarks, on average of the last minute (/proc/loadavg).</summary>
    public required double LoadAtStart { get; init; }

    public static MachineDescription Describe() => new()
    {
        Kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Processor = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
                ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Cpus = Environment.ProcessorCount,
        Runtime = RuntimeInformation.FrameworkDescription,
        PowerShell = VersionOf("pwsh"),
        Perf = VersionOf("perf"),
        Date = DateTimeOffset.UtcNow,
        LoadAtStart = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture),
    };

    private static string VersionOf(string program)
    {
        try
        {
            return Child.Run(program, "--version").Trim();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return "none";
        }
    }
}
