using System.CommandLine;
using System.CommandLine.Invocation;
using DropMon;
using DropMon.Cli;
using DropMon.Cli.Counters;
using DropMon.Cli.Doctor;
using DropMon.Cli.Reasons;
using DropMon.Cli.Top;
using DropMon.Cli.Watch;

if (!DescriptorLimit.Suffices())
{
    return ExitCode.Failure;
}

var root = new RootCommand("Tells which packets the Linux kernel drops: where, why and whether it matters.")
{
    CountersCommand.Create(),
    DoctorCommand.Create(),
    WatchCommand.Create(),
    TopCommand.Create(),
    MeasureCommand.Create(),
    ExplainCommand.Create(),
    ReasonsCommand.Create(),
};

try
{
    ParseResult parsed = root.Parse(args);
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
