using DropMon.Commands;
using DropMon.Filters;
using DropMon.Output;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Monitoring;

/// <summary>What the session's running monitor has kept, for cmdlets that read it instead of opening a source.</summary>
internal static class KeptDrops
{
    private const string Otherwise = "or Stop-DropMonitor; or give -Duration, which collects new drops.";

    /// <summary>
    /// The filter that a cmdlet's parameters make for these alerts; ends the cmdlet if the monitor cannot have received what they ask for.
    /// </summary>
    public static DropFilter FilterFor(this DropCommand command, DropMonitor monitor)
    {
        DropFilter filter = command.CreateFilter();
        try
        {
            Require(command, filter, monitor.GetStatus());
        }
        catch (DropMonException error)
        {
            command.ThrowTerminatingError(error.ToErrorRecord(null));
        }

        return filter;
    }

    private static void Require(DropCommand command, DropFilter filter, DropMonitorStatus status)
    {
        SourceCatalog sources = command.Sources;
        FilterSense.RequireOnThisMachine(filter);
        if (sources.Find(status.Source) is { } running)
        {
            new SourceSelector(sources).Require(running, new SourceRequest { Filter = filter });
        }

        if (sources.Canonical(command.Source) is var asked && asked != DropSourceName.Auto && asked != status.Source)
        {
            throw new OptionException($"The running monitor of this session uses the source {status.Source}, not {asked}.",
                $"Leave out -Source; {Otherwise}");
        }

        if (command.GivenSourceOption(except: nameof(DropCommand.Source)) is { } option)
        {
            throw new OptionException($"-{option} configures the source of drops, but this session's monitor is already running with the "
                + "options that it was started with.", $"Leave out -{option}; {Otherwise}");
        }
    }
}
