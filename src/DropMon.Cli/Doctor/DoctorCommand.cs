using System.CommandLine;
using DropMon.Preflight;
using DropMon.Sources;

namespace DropMon.Cli.Doctor;

/// <summary><c>dropmon doctor</c>: looks at all that monitoring needs and proves it with a drop of its own.</summary>
internal sealed class DoctorCommand(SourceCatalog catalog)
{
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object instead of text." };

    public static Command Create(SourceCatalog catalog) => new DoctorCommand(catalog).Create();

    private Command Create()
    {
        var command = new Command(
            "doctor", "Checks everything that monitoring needs, and proves with a harmless drop of its own that it sees drops.") { _json };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_json))
        {
            PreflightReport report = PreflightRun.Run(catalog);
            DoctorJson.Write(report);
            return ExitCodeOf(report);
        }
        else
        {
            PreflightReport report = PreflightRun.Run(catalog, DoctorText.Write);
            DoctorText.WriteEnd(report);
            return ExitCodeOf(report);
        }
    }

    private static int ExitCodeOf(PreflightReport report) =>
        report.CanMonitor ? ExitCode.Success : report.Failure is { } failure ? ExitCode.Of(failure.Kind) : ExitCode.Failure;
}
