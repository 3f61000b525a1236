using System.CommandLine;
using DropMon.Preflight;

namespace DropMon.Cli.Doctor;

/// <summary><c>dropmon doctor</c>: looks at all that monitoring needs and proves it with a drop of its own.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object instead of text." };

    public static Command Create()
    {
        var command = new Command("doctor", "Looks at all that monitoring needs, and proves by a harmless drop of its own that it would see one.") { Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Json))
        {
            PreflightReport report = PreflightRun.Run();
            DoctorJson.Write(report);
            return ExitCodeOf(report);
        }
        else
        {
            PreflightReport report = PreflightRun.Run(DoctorText.Write);
            DoctorText.WriteEnd(report);
            return ExitCodeOf(report);
        }
    }

    private static int ExitCodeOf(PreflightReport report) => report.CanMonitor ? ExitCode.Success : report.Failure is { } failure ? ExitCode.Of(failure.Kind) : ExitCode.Failure;
}
