using System.CommandLine;
using DropMon.Sessions.Measurement;

namespace DropMon.Cli.Top;

/// <summary>The option that says what drops are grouped by.</summary>
internal static class GroupOption
{
    public static Option<DropGroupKey[]> Create()
    {
        Option<DropGroupKey[]> option = CheckedOption.Choices<DropGroupKey>("--by", "-b", "Group by");
        option.DefaultValueFactory = _ => [.. DropMeter.DefaultKeys];
        return option;
    }
}
