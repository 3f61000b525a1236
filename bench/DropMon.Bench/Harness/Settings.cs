namespace DropMon.Bench.Harness;

/// <summary>How a run is done, and where the programs are.</summary>
/// <param name="Top">The top of the source tree.</param>
/// <param name="Pairs">How many turns each comparison takes.</param>
/// <param name="Scale">Divides the number of drops: 1 for what the targets ask for, more for a quick look.</param>
internal sealed record Settings(string Top, int Pairs, int Scale)
{
    public const int LeastPairs = 5;

    /// <summary>The folder with the program that runs, and its collector.</summary>
    public static string Bench => Path.Combine(AppContext.BaseDirectory, "DropMon.Bench.dll");

    public string Sender => Path.Combine(Top, "bench/DropMon.Bench.Sender/bin/Debug/net8.0/DropMon.Bench.Sender.dll");

    public string Cmdlets => Path.Combine(Top, "bench/DropMon.Bench.Cmdlets/bin/Debug/net8.0/DropMon.Bench.Cmdlets.dll");

    public string Cli => Path.Combine(Top, "src/DropMon.Cli/bin/Debug/net8.0/dropmon");

    public string Module => Path.Combine(Top, "DropMon.psd1");

    public int Drops(int wanted) => Math.Max(wanted / Scale, 1000);
}
