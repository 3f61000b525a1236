using System.Globalization;

namespace DropMon;

/// <summary>
/// A counter's increase over an interval beside the drops that were seen in it: what is explained, what is not, and why not.
/// </summary>
public sealed class CounterReconciliation
{
    internal CounterReconciliation(
        string name, long increase, IReadOnlyList<DropCounterChange> changes, IReadOnlyList<CounterExplanation> explained, long surplus,
        UnseenCause cause, string? whyNot)
    {
        Name = name;
        Increase = increase;
        Changes = changes;
        Explained = explained;
        ExplainedCount = Math.Min(increase, SaturatingCount.Sum(explained, part => part.Count));
        Surplus = surplus;
        Cause = cause;
        WhyNot = whyNot;
    }

    /// <summary>Group and name in the kernel's spelling.</summary>
    public string Name { get; }

    /// <summary>The part of the stack.</summary>
    public DropClass Class => Changes[0].Class;

    /// <summary>Whether an increase means that packets were dropped.</summary>
    public DropImplication ImpliesDrop => Changes[0].ImpliesDrop;

    /// <summary>By how much it rose, whichever interface, socket or CPU it belongs to.</summary>
    public long Increase { get; }

    /// <summary>The drops that account for it, the most first.</summary>
    internal IReadOnlyList<CounterExplanation> Explained { get; }

    /// <summary>How much of the increase they account for.</summary>
    public long ExplainedCount { get; }

    /// <summary>How much of the increase no drop accounts for.</summary>
    public long Unexplained => Increase - ExplainedCount;

    /// <summary>Drops of this kind beyond the increase: they happened in other network namespaces, or one packet held many.</summary>
    public long Surplus { get; }

    /// <summary>
    /// Why some of it is not explained; <see cref="UnseenCause.None"/> where all is, or nothing is known to be in the way.
    /// </summary>
    public UnseenCause Cause { get; }

    /// <summary>The same in a sentence; null where all is explained.</summary>
    public string? WhyNot { get; }

    /// <summary>What the counter did for each interface, queue, CPU or socket that it rose for.</summary>
    internal IReadOnlyList<DropCounterChange> Changes { get; }

    /// <inheritdoc cref="DropCounter.ComputerName"/>
    public string? ComputerName => Changes[0].ComputerName;

    /// <summary>All of it in one line.</summary>
    public string Text
    {
        get
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{Name} +{Increase}: {string.Join(", ", Explained)}");
            if (Unexplained > 0)
            {
                string rest = string.Create(CultureInfo.InvariantCulture, $"{Unexplained} unexplained");
                text += Explained.Count == 0 ? rest : $", {rest}";
                text += WhyNot is null ? "" : $": {WhyNot}";
            }

            return text;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
