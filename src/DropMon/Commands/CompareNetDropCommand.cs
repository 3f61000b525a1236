using System.Management.Automation;
using DropMon.Input;
using DropMon.Output;
using DropMon.Sessions.Measurement;

namespace DropMon.Commands;

/// <summary>
/// Sets two measurements side by side: did the change help? Takes what Measure-NetDrop gave, or alerts; rates are compared, so the
/// two need not have taken the same time.
/// </summary>
[Cmdlet(VerbsData.Compare, "NetDrop")]
[OutputType(typeof(DropComparison))]
public sealed class CompareNetDropCommand : PSCmdlet
{
    /// <summary>The measurement, or the alerts, before; none where nothing was dropped.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? Before { get; set; }

    /// <summary>The measurement, or the alerts, after; none where nothing was dropped.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? After { get; set; }

    /// <summary>What to group alerts by; measurements are grouped already.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DropGroupKey[] By { get; set; } = [.. DropMeter.DefaultKeys];

    /// <summary>
    /// The part of the rate before that a change must exceed to count: 0.2, that is 20 %, unless given. A change that chance explains, two
    /// standard deviations of such counts, counts for nothing either.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double Tolerance { get; set; } = DropComparer.DefaultTolerance;

    /// <summary>Leaves out what is the same.</summary>
    [Parameter]
    public SwitchParameter ExcludeSame { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        List<DropMeasurement> before = Read(Before);
        List<DropMeasurement> after = Read(After);
        if (before.Count > 0 && after.Count > 0 && !before[0].By.SequenceEqual(after[0].By))
        {
            ThrowTerminatingError(new OptionException(
                $"The measurements are grouped differently: before by {string.Join(", ", before[0].By)}, after by " +
                $"{string.Join(", ", after[0].By)}.",
                "Measure both with the same -By.").ToErrorRecord(After));
        }

        foreach (DropComparison comparison in DropComparer.Compare(before, after, Tolerance))
        {
            if (!ExcludeSame || comparison.Status != DropChange.Same)
            {
                WriteObject(comparison);
            }
        }
    }

    private List<DropMeasurement> Read(PSObject?[]? inputs)
    {
        var groups = new List<DropMeasurement>();
        var alerts = new AlertInput();
        AlertMeasurer? measurer = null;
        foreach (PSObject? input in inputs ?? [])
        {
            if (this.ReadMeasurement(input) is { } group)
            {
                groups.Add(group);
            }
            else if (alerts.Read(this, input) is { } alert)
            {
                measurer ??= new AlertMeasurer(By);
                measurer.Add(alert);
            }
        }

        return measurer is null ? groups : [.. groups, .. measurer.Read()];
    }
}
