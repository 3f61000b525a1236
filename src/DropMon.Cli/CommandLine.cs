using System.CommandLine;
using System.CommandLine.Invocation;
using DropMon.Cli.Counters;
using DropMon.Cli.Doctor;
using DropMon.Cli.Reasons;
using DropMon.Cli.Top;
using DropMon.Cli.Watch;
using DropMon.Sources;

namespace DropMon.Cli;

/// <summary>The command, for a catalog of sources.</summary>
internal static class CommandLine
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, SourceCatalog catalog)
    {
        try
        {
            ParseResult parsed = CreateRoot(catalog).Parse(args);
            return parsed.Action is ParseErrorAction
                ? UsageText.Report(parsed)
                : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (DropMonException error)
        {
            return ErrorText.Report(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ErrorText.ReportOutput(error);
        }
    }

    private static RootCommand CreateRoot(SourceCatalog catalog) => new("Tells which packets the Linux kernel drops: where, why and whether it matters.")
    {
        CountersCommand.Create(),
        DoctorCommand.Create(catalog),
        WatchCommand.Create(catalog),
        TopCommand.Create(catalog),
        MeasureCommand.Create(catalog),
        ExplainCommand.Create(),
        ReasonsCommand.Create(),
    };
}
