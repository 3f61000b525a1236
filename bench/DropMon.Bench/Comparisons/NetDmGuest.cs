using DropMon.Bench.Harness;

namespace DropMon.Bench.Comparisons;

/// <summary>Boots a kernel that has the drop monitor and runs <see cref="NetDmStorm"/> in it.</summary>
internal sealed class NetDmGuest : Comparison
{
    private const string Kernel = "6.12";

    public override string Name => "netdm";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        Child.Run(Path.Combine(settings.Top, "tests/vm/setup"), Kernel);
        using var scratch = new Scratch();
        string result = "/out/result.json";
        Child.Run(
            "env",
            $"OUT={scratch.Folder}",
            "TIMEOUT=1800",
            Path.Combine(settings.Top, "tests/vm/boot"),
            Kernel,
            "dotnet",
            Settings.Bench,
            "compare",
            NetDmStorm.Command,
            "--top",
            settings.Top,
            "--pairs",
            $"{settings.Pairs}",
            "--scale",
            $"{settings.Scale}",
            "--json",
            result);
        ResultFile guest = ResultFile.Read(scratch["result.json"]);
        return guest.Measurements.Select(measurement => measurement with { Machine = guest.Machine.Kernel });
    }
}
