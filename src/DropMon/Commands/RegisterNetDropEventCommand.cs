using System.Management.Automation;
using DropMon.Output;

namespace DropMon.Commands;

/// <summary>
/// Acts on drops in the background, with the habits of Register-ObjectEvent: an action runs for each event, or Get-Event finds them;
/// Unregister-Event, the end of the session or Remove-Module ends it and stops the source.
/// </summary>
[Cmdlet(VerbsLifecycle.Register, "NetDropEvent")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterNetDropEventCommand : DropCommand
{
    /// <summary>
    /// What to run for each event; $Event.SourceEventArgs.Alerts are the drops since the last, .Alert is the first of them.
    /// </summary>
    [Parameter(Position = 0)]
    public ScriptBlock? Action { get; set; }

    /// <summary>A name for the subscription.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string SourceIdentifier { get; set; } = Guid.NewGuid().ToString();

    /// <summary>Data for the action, in $Event.MessageData.</summary>
    [Parameter]
    public PSObject? MessageData { get; set; }

    /// <summary>Ends the subscription after this many events, each of which carries all drops since the last; 0 for never.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxTriggerCount { get; set; }

    /// <summary>Hides the subscription from Get-EventSubscriber and Get-Job.</summary>
    [Parameter]
    public SwitchParameter SupportEvent { get; set; }

    /// <summary>Sends the events to the client of a remote session.</summary>
    [Parameter]
    public SwitchParameter Forward { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using var log = new LogOutput(this);
        try
        {
            Validate();
            NetDropEventSource source = NetDropEventSource.Open(CreateOptions(), Sources);
            log.Write();
            new SessionOutput(this).Describe(source.GetStatus());
            Subscribe(source);
        }
        catch (DropMonException error)
        {
            log.Write();
            Fail(error);
        }
    }

    private void Validate()
    {
        if (Forward && Action is not null)
        {
            throw new OptionException(
                "-Action handles events in this session; -Forward sends them to another session.", "Leave out one of them.");
        }

        if (Events.GetEventSubscribers(SourceIdentifier).Any())
        {
            throw new SubscriberExistsException(SourceIdentifier);
        }
    }

    private void Subscribe(NetDropEventSource source)
    {
        PSEventSubscriber subscriber;
        try
        {
            subscriber = Events.SubscribeEvent(
                source, NetDropEventSource.EventName, SourceIdentifier, MessageData, Action, SupportEvent, Forward, MaxTriggerCount);
        }
        catch
        {
            source.Dispose();
            throw;
        }

        if (subscriber.Action is { } job && !SupportEvent)
        {
            WriteObject(job);
        }
    }
}
