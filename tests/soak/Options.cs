using System.Globalization;

namespace DropMon.Soak;

/// <summary>What a run was asked for.</summary>
internal sealed class Options
{
    public Options(string[] args)
    {
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--source":
                    Source = value;
                    break;
                case "--minutes":
                    Minutes = double.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "--rate":
                    Rate = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "--dropmon":
                    DropMonPath = value;
                    break;
                case "--report":
                    ReportPath = value;
                    break;
                default:
                    throw new ArgumentException(
                        $"Unknown option {args[i]}. Options: --source NetDm|Tracepoint --minutes N --rate PACKETS-A-SECOND --dropmon " +
                        "PATH --report FILE");
            }
        }
    }

    public string Source { get; } = "Tracepoint";

    public double Minutes { get; } = 30;

    public int Rate { get; } = 2000;

    public string DropMonPath { get; } = Path.Combine(AppContext.BaseDirectory, "../../../../../src/DropMon.Cli/bin/Debug/net8.0/dropmon");

    public string? ReportPath { get; }
}
