using System.Globalization;
using DropMon.Fuzz.Targets;

namespace DropMon.Fuzz;

/// <summary>
/// <c>run</c> for a time (the default: half a minute over all targets) or a number of inputs, <c>replay</c> one input, <c>list</c> the
/// targets.
/// </summary>
internal static class CommandLine
{
    private const double DefaultSeconds = 30;

    public static int Run(string[] args)
    {
        switch (args.FirstOrDefault() ?? "run")
        {
            case "run":
                return RunAll(new Options(args.Skip(1)));
            case "replay" when args.Length == 3:
                return Replay(args[1], args[2]);
            case "list":
                Array.ForEach(AllTargets(), target => Console.WriteLine(target.Name));
                return 0;
            default:
                Console.Error.WriteLine(
                    "Usage: run [--inputs N | --seconds S] [--seed N] [--target NAME] [--findings FOLDER] [--report FILE] | replay " +
                    "TARGET FILE | list");
                return 2;
        }
    }

    private static FuzzTarget[] AllTargets() =>
    [
        new AttributeTarget(), new AlertTarget(), new ReplyTarget(), new PerfSampleTarget(), new PerfRingTarget(),
        new TracepointFormatTarget(), new KallsymsTarget(), new SymbolTextTarget(),
        new PacketTarget(), CaptureTarget.Json(), CaptureTarget.Pcapng(), CaptureTarget.Netlink(), new BtfTarget(), new OwnershipTarget(),
        new ProcTarget(), new FilterTarget(),
    ];

    private static int RunAll(Options options)
    {
        FuzzTarget[] targets = [.. AllTargets().Where(target => options.Target is null || target.Name == options.Target)];
        Directory.CreateDirectory(options.Findings);
        double shares = targets.Sum(target => (double)target.Share);
        var runs = new List<TargetRun>();
        foreach (FuzzTarget target in targets)
        {
            var run = new TargetRun(target, options.Seed, options.Findings);
            runs.Add(run);
            if (options.Inputs is { } inputs)
            {
                run.Run((long)Math.Ceiling(inputs * (target.Share / shares)), TimeSpan.MaxValue);
            }
            else
            {
                run.Run(long.MaxValue, TimeSpan.FromSeconds(options.Seconds / targets.Length));
            }

            Report.Print(run);
            target.Dispose();
        }

        Report.PrintTotal(runs, options);
        return runs.Exists(run => run.Failure is not null) ? 1 : 0;
    }

    private static int Replay(string name, string path)
    {
        using FuzzTarget target = Array.Find(AllTargets(), target => target.Name == name)
            ?? throw new ArgumentException($"There is no target {name}.");
        byte[] input = path.EndsWith(".last-input", StringComparison.Ordinal) ? LastInput.Read(path) : File.ReadAllBytes(path);
        Coverage.Clear();
        target.Run(input);
        Console.WriteLine($"{input.Length} bytes, and nothing failed.");
        return 0;
    }

    /// <summary>What a run was asked for.</summary>
    internal sealed class Options
    {
        public Options(IEnumerable<string> args)
        {
            string[] words = [.. args];
            for (int i = 0; i + 1 < words.Length; i += 2)
            {
                string value = words[i + 1];
                switch (words[i])
                {
                    case "--inputs":
                        Inputs = long.Parse(value, CultureInfo.InvariantCulture);
                        break;
                    case "--seconds":
                        Seconds = double.Parse(value, CultureInfo.InvariantCulture);
                        break;
                    case "--seed":
                        Seed = ulong.Parse(value, CultureInfo.InvariantCulture);
                        break;
                    case "--target":
                        Target = value;
                        break;
                    case "--findings":
                        Findings = value;
                        break;
                    case "--report":
                        ReportPath = value;
                        break;
                    default:
                        throw new ArgumentException($"Unknown option {words[i]}.");
                }
            }
        }

        public long? Inputs { get; }

        public double Seconds { get; } = DefaultSeconds;

        public ulong Seed { get; } = 1;

        public string? Target { get; }

        public string Findings { get; } = Path.Combine(Path.GetTempPath(), "dropmon-fuzz");

        public string? ReportPath { get; }
    }
}
