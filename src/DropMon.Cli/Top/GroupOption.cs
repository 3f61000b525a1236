using System.CommandLine;
using DropMon.Monitoring.Measurement;

namespace DropMon.Cli.Top;

/// <summary>The option that says what drops are grouped by.</summary>
internal static class GroupOption
{
    public static Option<DropGroupKey[]> Create() => new("--by", "-b")
    {
        Description = "What to group by.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. DropMeter.DefaultKeys],
    };
}
