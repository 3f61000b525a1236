using DropMon.Kernel.Symbols;
using DropMon.Model.Fields;

namespace DropMon;

/// <summary>
/// All that is the same for every packet dropped at one place for one reason. A site is built once and shared by
/// its alerts, so that an alert itself stays small.
/// </summary>
public sealed class DropSite
{
    internal const int UsualWeight = 256;

    private readonly SiteValues _values;
    private readonly Func<SourceLocation?>? _findSource;
    private SourceLocation? _source;
    private volatile bool _sourceAsked;

    /// <summary>Creates a site.</summary>
    /// <param name="findSource">
    /// Read at most once, at the first request for the source line: reading debug information takes
    /// milliseconds, which the receiving path does not have.
    /// </param>
    public DropSite(Func<SourceLocation?>? findSource = null) => _findSource = findSource;

    internal DropSite(in SiteValues values, Func<SourceLocation?>? findSource)
        : this(findSource)
    {
        _values = values;
        long texts = DropFields.SiteTexts.Sum(field => 2L * (field.OfSite?.Invoke(this)?.Length ?? 0));
        Weight = (int)Math.Min(int.MaxValue, UsualWeight + StackFrame.WeightOf(values.InlineFrames ?? []) + texts);
    }

    /// <summary>The return address after the call that freed the packet; null where the source has none.</summary>
    public ulong? Address { get => _values.Address; init => _values.Address = value; }

    /// <summary>The function that dropped the packet, as the symbol table names it.</summary>
    public string? Function { get => _values.Function; init => _values.Function = value; }

    /// <summary>Bytes from the start of <see cref="Function"/> to <see cref="Address"/>.</summary>
    public ulong? Offset { get => _values.Offset; init => _values.Offset = value; }

    /// <summary>The module that <see cref="Function"/> belongs to; null for the kernel proper.</summary>
    public string? Module { get => _values.Module; init => _values.Module = value; }

    /// <summary>
    /// The kernel's name of the reason, e.g. <c>NO_SOCKET</c>; its number where the kernel gives no name; null on kernels without reasons.
    /// </summary>
    public string? Reason { get => _values.Reason; init => _values.Reason = value; }

    /// <summary>Who defines the reason: <c>core</c>, <c>mac80211_unusable</c>, <c>openvswitch</c>, ...</summary>
    public string? ReasonSubsystem { get => _values.ReasonSubsystem; init => _values.ReasonSubsystem = value; }

    /// <summary>The part of the stack.</summary>
    public DropClass Class { get => _values.Class; init => _values.Class = value; }

    /// <summary>The MIB counter that the kernel increments there, in its own spelling; else the reason.</summary>
    public string? Type { get => _values.Type; init => _values.Type = value; }

    /// <summary>Whether a drop here matters.</summary>
    public DropSignificance Significance { get => _values.Significance; init => _values.Significance = value; }

    /// <summary>One plain sentence: what happened.</summary>
    public string? Explanation { get => _values.Explanation; init => _values.Explanation = value; }

    /// <summary>The hardware trap's name; null for software drops.</summary>
    public string? TrapName { get => _values.TrapName; init => _values.TrapName = value; }

    /// <summary>The hardware trap's group; null for software drops.</summary>
    public string? TrapGroup { get => _values.TrapGroup; init => _values.TrapGroup = value; }

    /// <summary>What debug information says of the place; null without it. The first call may take milliseconds.</summary>
    public SourceLocation? Source
    {
        get
        {
            if (!_sourceAsked)
            {
                // Two threads may both ask; they get equal answers.
                _source = _findSource?.Invoke();
                _sourceAsked = true;
            }

            return _source;
        }
    }

    /// <summary>The place in one string; null where nothing is known of it.</summary>
    public string? Location =>
        Function is null && Address is null
            ? TrapName
            : LocationText.Format(Address ?? 0, Function, Offset ?? 0, Module, Source?.File, Source?.Line);

    /// <summary>Bytes that it takes in memory: a site that was read says how many.</summary>
    internal int Weight { get; init; } = UsualWeight;

    /// <inheritdoc/>
    public override string ToString() => $"{Reason ?? Type ?? "drop"} at {Location ?? "an unknown place"}";
}
