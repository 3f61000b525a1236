using System.Text.Json;

namespace DropMon.Reasons.Predicates;

/// <summary>
/// One condition of a variant in the knowledge file: <c>subject=value</c>, <c>subject=value|other</c> for either, with <c>!</c> before it
/// for the opposite. Whether it holds is asked of the running kernel once, of the packet and its device for each drop at a place that has
/// variants.
/// </summary>
internal sealed class DropPredicate
{
    private readonly string _text;
    private readonly bool _isNegated;

    private DropPredicate(string text, PredicateSubject subject, string[] values, bool isNegated)
    {
        _text = text;
        Subject = subject;
        Values = values;
        _isNegated = isNegated;
        Numbers = subject is PredicateSubject.Icmp or PredicateSubject.Protocol ? Array.ConvertAll(values, PredicateValues.Number) : [];
    }

    public PredicateSubject Subject { get; }

    public IReadOnlyList<string> Values { get; }

    /// <summary>The values as numbers, of subjects that have such.</summary>
    public byte[] Numbers { get; }

    /// <summary>Whether the running kernel decides, so that it need not be asked of each drop.</summary>
    public bool IsOfKernel => Subject == PredicateSubject.Kernel;

    /// <exception cref="JsonException">No such predicate, or no such value of it.</exception>
    public static DropPredicate Parse(string text)
    {
        bool isNegated = text.StartsWith('!');
        string positive = isNegated ? text[1..] : text;
        int at = positive.IndexOf('=', StringComparison.Ordinal);
        string[] values = at < 0 ? [] : positive[(at + 1)..].Split('|');
        if (at <= 0
            || PredicateValues.FindSubject(positive[..at]) is not { } subject
            || Array.Exists(values, value => !PredicateValues.Has(subject, value)))
        {
            throw new JsonException($"The knowledge file has the condition '{text}', which no predicate knows.");
        }

        return new DropPredicate(text, subject, values, isNegated);
    }

    /// <summary>Asks the running kernel.</summary>
    public Truth Ask(KernelFacts kernel)
    {
        Truth truth = Truth.No;
        for (int i = 0; i < Values.Count; i++)
        {
            truth = truth.Or(kernel.Has(Values[i]));
        }

        return _isNegated ? truth.Not() : truth;
    }

    /// <summary>Asks the packet and its device. Allocates nothing.</summary>
    public Truth Ask(in DropFacts facts)
    {
        Truth truth = Truth.No;
        for (int i = 0; i < Values.Count && truth != Truth.Yes; i++)
        {
            truth = truth.Or(Numbers.Length > 0 ? facts.Ask(Subject, Numbers[i]) : facts.Ask(Subject, Values[i]));
        }

        return _isNegated ? truth.Not() : truth;
    }

    public override string ToString() => _text;
}
