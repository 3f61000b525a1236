using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Watches drops: sends each down the pipeline as it happens, until Ctrl+C, the time or the number ends it.</summary>
[Cmdlet(VerbsCommon.Watch, "NetDrop", DefaultParameterSetName = "Local")]
[OutputType(typeof(DropAlert))]
public sealed class WatchNetDropCommand : StreamingCommand, IDynamicParameters
{
    /// <summary>How long: seconds, or a TimeSpan; until Ctrl+C if not given.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Duration { get; set; }

    /// <summary>At most so many alerts.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? Count { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => Fleet.Parameters;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Fleet.IsGiven)
        {
            Fleet.Watch(Duration, Count, FleetPump.LiveReorderTime);
        }
        else
        {
            Stream(Duration, Count);
        }
    }
}
