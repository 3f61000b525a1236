using System.Text.Json.Serialization;

namespace DropMon;

/// <summary>All that DropMon knows of one drop reason: what <c>Get-NetDropReason</c> returns.</summary>
public sealed record DropReasonInfo
{
    internal const string FunctionSubsystem = "function";
    internal const string TrapSubsystem = "devlink";

    /// <summary>
    /// The kernel's name, without its SKB_DROP_REASON_ prefix; for a drop without a reason, the function or trap that dropped it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// Which part of the kernel defines it: <c>core</c>, <c>openvswitch</c>, <c>mac80211_unusable</c>, ...; <c>function</c> or
    /// <c>devlink</c> where the name is a function's or a trap's.
    /// </summary>
    public required string Subsystem { get; init; }

    /// <summary>
    /// The part of the stack that raises it; a function may narrow it for one alert. Unknown for a reason that DropMon does not know.
    /// </summary>
    public DropClass Class { get; init; }

    /// <summary>
    /// The counters that the kernel increments there, as <c>group.name</c>, the most telling first; empty where it counts nothing.
    /// </summary>
    public IReadOnlyList<string> Counter { get; init; } = [];

    /// <summary>Whether such a drop matters; a function may decide otherwise for one alert.</summary>
    public DropSignificance Significance { get; init; }

    /// <summary>What happened, in one plain sentence; null for a reason that DropMon does not know.</summary>
    public string? Meaning { get; init; }

    /// <summary>What usually brings it about, the likeliest first.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>A command for this machine that confirms or rules out a cause; null where there is none.</summary>
    public string? Confirm { get; init; }

    /// <summary>The sysctl, setting or rule to change; null where there is nothing to change.</summary>
    public string? Remedy { get; init; }

    /// <summary>
    /// The kernels that have the reason, e.g. <c>6.1+</c> or <c>6.1-6.11</c>; null for a reason that DropMon does not know.
    /// </summary>
    public string? Kernels { get; init; }

    /// <summary>Whether the running kernel has it; null where the running kernel was not asked or names no reasons.</summary>
    public bool? InRunningKernel { get; init; }

    /// <summary>
    /// The kernel source that this was read from, as <c>file: function</c>; null for a reason that DropMon does not know.
    /// </summary>
    public string? SourceReference { get; init; }

    /// <summary>What was found on this machine that bears on it; null if no evidence was collected.</summary>
    [JsonInclude]
    internal IReadOnlyList<DropEvidence>? Evidence { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Meaning is null ? Name : $"{Name}: {Meaning}";
}
