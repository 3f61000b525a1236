using System.Management.Automation;
using DropMon.Evidence;
using DropMon.Output;
using DropMon.Parameters;

namespace DropMon.Commands;

/// <summary>Gets what is known of drop reasons and, with -Evidence, what this machine shows of them now.</summary>
[Cmdlet(VerbsCommon.Get, "NetDropReason", DefaultParameterSetName = NameSet)]
[OutputType(typeof(DropReasonInfo))]
public sealed class GetNetDropReasonCommand : PSCmdlet, IDisposable
{
    private const string NameSet = "Name";
    private const string AlertSet = "Alert";

    // Its default view shows what was found.
    private const string ExaminedTypeName = "DropMon.DropReasonInfo#Examined";

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<(string, string, string?)> _written = [];
    private ReasonInquiry? _inquiry;

    /// <summary>Only reasons of these names; without wildcards also functions and devlink traps that drop packets.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Reason")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ReasonCompleter))]
    [TextOnly]
    public string[]? Name { get; set; }

    /// <summary>Only reasons of these classes.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public DropClass[]? Class { get; set; }

    /// <summary>Only reasons that these subsystems define: core, openvswitch, mac80211_unusable, ...</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SubsystemCompleter))]
    [NamePattern]
    public string[]? Subsystem { get; set; }

    /// <summary>
    /// Drops whose reasons to get, live or as another session or program wrote them. With -Evidence their interfaces, addresses and ports
    /// are looked for.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = AlertSet, ValueFromPipeline = true)]
    [WrittenAlert]
    public DropAlert? InputObject { get; set; }

    /// <summary>Looks at this machine now, and says what it found.</summary>
    [Parameter]
    public SwitchParameter Evidence { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _inquiry = ReasonInquiry.OfThisMachine();
        if (Evidence && MyInvocation.ExpectingInput)
        {
            _inquiry.Prepare(_stop.Token);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is { } alert)
        {
            WriteReason(alert);
            return;
        }

        if (MyInvocation.ExpectingInput && (Name is null || Array.TrueForAll(Name, string.IsNullOrEmpty)))
        {
            // A group of drops without a reason: without a name it would be answered with all reasons there are.
            WriteError(ReasonException.Absent().ToErrorRecord(null));
            return;
        }

        DropReasonInfo[] reasons = [.. (Name ?? [null!]).SelectMany(Find)];
        var progress = new ProgressRecord(0, "Looking for evidence", "Starting");
        for (int i = 0; i < reasons.Length; i++)
        {
            if (Evidence && reasons.Length > 1)
            {
                progress.StatusDescription = reasons[i].Name;
                progress.PercentComplete = i * 100 / reasons.Length;
                WriteProgress(progress);
            }

            Write(reasons[i], null);
        }

        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
    }

    private IEnumerable<DropReasonInfo> Find(string? name)
    {
        try
        {
            return [.. from dropClass in Class is null ? [null] : Array.ConvertAll(Class, value => (DropClass?)value)
                       from subsystem in Subsystem ?? [null!]
                       from reason in _inquiry!.Find(name, dropClass, subsystem)
                       where _written.Add((reason.Subsystem, reason.Name, reason.Meaning))
                       select reason];
        }
        catch (ReasonException error)
        {
            WriteError(error.ToErrorRecord(name));
            return [];
        }
    }

    private void WriteReason(DropAlert alert)
    {
        try
        {
            DropReasonInfo reason = _inquiry!.Find(alert);
            // Without evidence a thousand alerts of one reason are one answer; with it each has its own ports and addresses.
            if (Evidence || _written.Add((reason.Subsystem, reason.Name, reason.Meaning)))
            {
                Write(reason, alert);
            }
        }
        catch (ReasonException error)
        {
            WriteError(error.ToErrorRecord(alert));
        }
    }

    private void Write(DropReasonInfo reason, DropAlert? alert)
    {
        if (!Evidence)
        {
            WriteObject(reason);
            return;
        }

        if (alert is { Source: DropSourceName.Replay } or { ComputerName: not null })
        {
            WriteVerbose(
                $"The drop happened elsewhere or earlier ({alert.ComputerName ?? "a file"}); the evidence shows this machine as it is " +
                "now.");
        }

        using var log = new LogOutput(this);
        try
        {
            var examined = PSObject.AsPSObject(CmdletText.Of(_inquiry!.Examine(reason, alert, _stop.Token)));
            examined.TypeNames.Insert(0, ExaminedTypeName);
            log.Write();
            WriteObject(examined);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Ctrl+C: the pipeline ends by itself.
        }
    }
}
