namespace DropMon.Bench.Cmdlets;

/// <summary>The least that can be grouped and filtered as alerts are.</summary>
/// <param name="function">What a pipeline groups by.</param>
/// <param name="reason">What a pipeline filters by.</param>
public sealed class BareObject(string function, string reason)
{
    public string Function { get; } = function;

    public string Reason { get; } = reason;
}
