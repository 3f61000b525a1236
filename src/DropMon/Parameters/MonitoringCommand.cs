using System.Management.Automation;
using DropMon.Filters;
using DropMon.Monitoring;
using DropMon.Output;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Commands;

/// <summary>The parameters that say how to hear of drops.</summary>
public abstract class MonitoringCommand : FilteringCommand
{
    private static readonly string[] SourceOptions = [
        nameof(Source), nameof(Mode), nameof(Hardware), nameof(StackTrace), nameof(TruncationLength), nameof(QueueLength), nameof(Force)];

    private readonly HashSet<string> _told = [];

    /// <summary>Where to hear of drops.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string Source { get; set; } = DropSourceName.Auto;

    /// <summary>Every packet, or counts per place each second; for the drop monitor.</summary>
    [Parameter]
    public DropAlertMode Mode { get; set; } = DropAlertMode.Packet;

    /// <summary>Also drops that devices report; for the drop monitor.</summary>
    [Parameter]
    public SwitchParameter Hardware { get; set; }

    /// <summary>Records the kernel stack of each drop; for the tracepoint.</summary>
    [Parameter]
    public SwitchParameter StackTrace { get; set; }

    /// <summary>Bytes of each packet to report, 0 for all; for the drop monitor.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TruncationLength { get; set; } = new DropMonitorOptions().TruncationLength;

    /// <summary>Alerts that each CPU may queue in the kernel; for the drop monitor.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int QueueLength { get; set; } = new DropMonitorOptions().QueueLength;

    /// <summary>Takes over a drop monitor that another process enabled.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The sources that this session chooses from.</summary>
    private protected SourceCatalog Sources => SessionSources.Of(this);

    /// <summary>The options that the parameters make.</summary>
    private protected DropMonitorOptions CreateOptions() => new()
    {
        Source = Source,
        Mode = Mode,
        Hardware = Hardware,
        StackTrace = StackTrace,
        TruncationLength = TruncationLength,
        QueueLength = QueueLength,
        Force = Force,
        Filter = CreateFilter(),
    };

    /// <summary>Refuses options that say how to hear of drops where nothing is listened to: they would change nothing.</summary>
    /// <param name="why">Where the alerts come from, as the end of a sentence.</param>
    private protected void RefuseSourceOptions(string why)
    {
        if (GivenOption() is { } option)
        {
            ThrowTerminatingError(new OptionException($"-{option} configures the source of drops, and {why}.", $"Leave out -{option}.")
                .ToErrorRecord(null));
        }
    }

    /// <summary>
    /// The filter for what a running monitor has kept; the options must be such that it could have heard what they ask for.
    /// </summary>
    private protected DropFilter CreateFilterFor(DropMonitor monitor)
    {
        DropFilter filter = CreateFilter();
        try
        {
            RequireHeard(filter, monitor.GetStatus());
        }
        catch (DropMonException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(null));
        }

        return filter;
    }

    private void RequireHeard(DropFilter filter, DropMonitorStatus status)
    {
        const string Otherwise = "or Stop-DropMonitor; or give -Duration, which collects new drops.";
        FilterSense.RequireOnThisMachine(filter);
        if (Sources.Find(status.Source) is { } running)
        {
            new SourceSelector(Sources).Require(running, new SourceRequest { Filter = filter });
        }

        if (Sources.Canonical(Source) is var asked && asked != DropSourceName.Auto && asked != status.Source)
        {
            throw new OptionException($"The running monitor of this session uses the source {status.Source}, not {asked}.",
                $"Leave out -Source; {Otherwise}");
        }

        if (GivenOption(except: nameof(Source)) is { } option)
        {
            throw new OptionException($"-{option} configures the source of drops, but this session's monitor is already running with the "
                + "options that it was started with.", $"Leave out -{option}; {Otherwise}");
        }
    }

    private string? GivenOption(string? except = null) =>
        SourceOptions.FirstOrDefault(name => name != except && MyInvocation.BoundParameters.ContainsKey(name));

    /// <summary>Writes warnings, and with -Verbose the source and its notes.</summary>
    private protected virtual void Describe(DropMonitorStatus status)
    {
        WriteVerbose($"The source is {status.SourceTitle} {status.SourceSettings}.");
        WarnOfNews(status.Warnings);
        foreach (string note in status.Notes.Except(status.Warnings))
        {
            WriteVerbose(CmdletText.Of(note));
        }
    }

    /// <summary>Writes warnings, each sentence once.</summary>
    /// <returns>The warnings that are new.</returns>
    private protected IReadOnlyList<string> WarnOfNews(IReadOnlyList<string> warnings)
    {
        string[] news = [.. warnings.Where(_told.Add)];
        Array.ForEach(news, sentence => WriteWarning(CmdletText.Of(sentence)));
        return news;
    }
}
