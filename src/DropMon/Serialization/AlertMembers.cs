using System.Management.Automation;
using DropMon.Serialization;

namespace DropMon.Commands;

/// <summary>The members of an alert with a text of their own, for DropMon.Types.ps1xml.</summary>
public static class AlertMembers
{
    /// <summary>When the packet was dropped; its text is ISO 8601.</summary>
    public static object GetTimestamp(PSObject alert) => ValueText.Of(Of(alert).Timestamp);

    /// <summary>The packet's bytes; their text is hexadecimal.</summary>
    public static object? GetPayload(PSObject alert) => ValueText.Of(Of(alert).Payload);

    /// <summary>The cookie of a hardware flow rule; its text is hexadecimal.</summary>
    public static object? GetFlowActionCookie(PSObject alert) => ValueText.Of(Of(alert).FlowActionCookie);

    /// <summary>The kernel stack; its text is the frames, innermost first.</summary>
    public static object? GetStackTrace(PSObject alert) => ValueText.Of(TextObject.OfEach(Of(alert).StackTrace));

    /// <summary>The functions inlined at the place; their text is the frames, innermost first.</summary>
    public static object? GetInlineFrames(PSObject alert) => ValueText.Of(TextObject.OfEach(Of(alert).InlineFrames));

    private static DropAlert Of(PSObject alert) => (DropAlert)alert.BaseObject;
}
