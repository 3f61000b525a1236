using System.Globalization;
using DropMon.Bench.Comparisons;
using DropMon.Bench.Harness;
using DropMon.Bench.Micro;

namespace DropMon.Bench;

/// <summary>Runs comparisons by name, all if none is named, and keeps what they measured.</summary>
internal static class CompareCommand
{
    private static readonly Comparison[] All =
    [
        new NetDmGuest(),
        new TracepointStorm(),
        new MeterStorm(),
        new FilterStorm(),
        new Pipeline(),
        new Decode(),
        new SymbolTable(),
        new Start(),
        new Idle(),
        new Growth(),
        new Designs(),
        new MicroBenchmarks(),
    ];

    // Not part of a run of all: these run within another.
    private static readonly Comparison[] Parts = [new NetDmStorm()];

    public static int Run(string[] arguments)
    {
        string? json = null;
        int pairs = Settings.LeastPairs;
        int scale = 1;
        string top = Directory.GetCurrentDirectory();
        var names = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            string Value() => i + 1 < arguments.Length ? arguments[++i] : throw new ArgumentException($"{arguments[i]} wants a value.");
            switch (arguments[i])
            {
                case "--json":
                    json = Value();
                    break;
                case "--pairs":
                    pairs = int.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--scale":
                    scale = int.Parse(Value(), CultureInfo.InvariantCulture);
                    break;
                case "--top":
                    top = Value();
                    break;
                default:
                    names.Add(arguments[i]);
                    break;
            }
        }

        if (names.Find(name => All.Concat(Parts).All(comparison => comparison.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no comparison \"{unknown}\": there are "
                + $"{string.Join(", ", All.Select(comparison => comparison.Name))}.");
            return 2;
        }

        var settings = new Settings(top, pairs, scale);
        MachineDescription machine = MachineDescription.Describe();
        var measured = new List<Measurement>();
        bool failed = false;
        foreach (Comparison comparison in names.Count == 0 ? All : All.Concat(Parts).Where(comparison => names.Contains(comparison.Name)))
        {
            try
            {
                foreach (Measurement measurement in comparison.Run(settings))
                {
                    Console.WriteLine(measurement);
                    measured.Add(measurement);
                }
            }
            catch (Exception error) when (error is InvalidOperationException or TimeoutException or IOException or DropMonException)
            {
                // What the others measure is worth keeping.
                Console.Error.WriteLine($"{comparison.Name} failed: {error.Message}");
                failed = true;
            }
        }

        if (json is not null)
        {
            var result = new ResultFile(machine, measured);
            (File.Exists(json) ? result.With(ResultFile.Read(json)) : result).Write(json);
        }

        return failed ? 1 : 0;
    }
}
