using System.Text.Json;
using DropMon.Bench.Programs;

namespace DropMon.Bench.Harness;

/// <summary>Runs one of our programs around a storm.</summary>
internal static class CollectorRun
{
    // Drops that nobody counts: what the first ones cost belongs to the start.
    public const int WarmUp = 20_000;

    /// <summary>Starts the program, warms it up, floods, and asks it what came.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="drops">How many packets to send.</param>
    /// <param name="arguments">The program and its arguments, e.g. <c>collect Tracepoint</c>.</param>
    public static (Storm Storm, CollectorReport Report) Run(Settings settings, int drops, params string[] arguments) =>
        Run(settings, drops, WarmUp, arguments);

    /// <inheritdoc cref="Run(Settings, int, string[])"/>
    public static (Storm Storm, CollectorReport Report) Run(Settings settings, int drops, int warmUp, params string[] arguments) =>
        Run(settings, drops, warmUp, 0, arguments);

    /// <inheritdoc cref="Run(Settings, int, string[])"/>
    public static (Storm Storm, CollectorReport Report) Run(Settings settings, int drops, int warmUp, int rate, params string[] arguments)
    {
        using Child collector = Child.Start("dotnet", [Settings.Bench, .. arguments]);
        collector.WaitForLine("ready");
        Storm.Run(settings, warmUp);
        collector.WriteLine($"mark {warmUp}");
        collector.WaitForLine("marked");
        Storm storm = Storm.Run(settings, drops, rate);
        collector.WriteLine("stop");
        string line = collector.ReadLine() ?? "";
        collector.WaitForSuccess();
        return (storm, JsonSerializer.Deserialize<CollectorReport>(line)!);
    }
}
