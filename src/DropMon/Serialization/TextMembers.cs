using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>
/// The lists of texts or numbers and the times within what cmdlets return, for DropMon.Types.ps1xml: with a text of their own.
/// </summary>
public static class TextMembers
{
    /// <summary>When a counter was read.</summary>
    public static object GetCounterTimestamp(PSObject counter) => ValueText.Of(Of<DropCounter>(counter).Timestamp);

    /// <summary>The drop reasons that raise a counter.</summary>
    public static object? GetCounterReasons(PSObject counter) => ValueText.Of(Of<DropCounter>(counter).Reasons);

    /// <summary>The drop reasons that raise a counter that changed.</summary>
    public static object? GetChangeReasons(PSObject change) => ValueText.Of(Of<DropCounterChange>(change).Reasons);

    /// <summary>The sockets whose own counts rose.</summary>
    public static object? GetSockets(PSObject explanation) => ValueText.Of(Of<CounterExplanation>(explanation).Sockets);

    /// <summary>What drops are grouped by.</summary>
    public static object? GetBy(PSObject measurement) => ValueText.Of(Of<DropMeasurement>(measurement).By);

    /// <summary>Packets dropped in each interval.</summary>
    public static object? GetHistory(PSObject measurement) => ValueText.Of(Of<DropMeasurement>(measurement).History);

    /// <summary>When the first was dropped.</summary>
    public static object GetFirst(PSObject measurement) => ValueText.Of(Of<DropMeasurement>(measurement).First);

    /// <summary>When the last was dropped.</summary>
    public static object GetLast(PSObject measurement) => ValueText.Of(Of<DropMeasurement>(measurement).Last);

    /// <summary>When a measurement began.</summary>
    public static object GetStart(PSObject measurement) => ValueText.Of(Of<DropMeasurement>(measurement).Start);

    /// <summary>When a monitor started.</summary>
    public static object GetSince(PSObject status) => ValueText.Of(Of<DropMonitorStatus>(status).Since);

    /// <summary>What was found and done on starting a monitor.</summary>
    public static object? GetNotes(PSObject status) => ValueText.Of(Of<DropMonitorStatus>(status).Notes);

    /// <summary>Its warnings.</summary>
    public static object? GetWarnings(PSObject status) => ValueText.Of(Of<DropMonitorStatus>(status).Warnings);

    /// <summary>The counters that the kernel increments with a reason.</summary>
    public static object? GetCounter(PSObject reason) => ValueText.Of(Of<DropReasonInfo>(reason).Counter);

    /// <summary>What usually brings a reason about.</summary>
    public static object? GetCauses(PSObject reason) => ValueText.Of(Of<DropReasonInfo>(reason).Causes);

    private static T Of<T>(PSObject wrapped) => (T)wrapped.BaseObject;
}
