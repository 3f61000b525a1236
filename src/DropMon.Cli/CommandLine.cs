using System.CommandLine;
using System.CommandLine.Invocation;
using DropMon.Cli.Counters;
using DropMon.Cli.Doctor;
using DropMon.Cli.Reasons;
using DropMon.Cli.Top;
using DropMon.Cli.Watch;
using DropMon.Logging;

namespace DropMon.Cli;

/// <summary>The command, for a catalog of sources and an output.</summary>
internal static class CommandLine
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, CommandContext context)
    {
        try
        {
            ParseResult parsed = CreateRoot(context).Parse(args);
            using LogReader? log = parsed.GetValue<bool>(Verbose) ? new LogReader(details: true, StandardError.Log) : null;
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

    private const string Verbose = "--verbose";

    private static RootCommand CreateRoot(CommandContext context) =>
        new("Shows which packets the Linux kernel drops: where, why and whether it matters.")
    {
        CountersCommand.Create(),
        DoctorCommand.Create(context.Catalog),
        WatchCommand.Create(context),
        TopCommand.Create(context),
        MeasureCommand.Create(context),
        ExplainCommand.Create(),
        ReasonsCommand.Create(),
        new Option<bool>(Verbose)
        {
            Description = "Log to standard error: sources opened and refused, names read, evidence looked for.",
            Recursive = true,
        },
    };
}
