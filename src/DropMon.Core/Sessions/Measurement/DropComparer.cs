namespace DropMon.Sessions.Measurement;

/// <summary>Sets two measurements side by side. Rates are compared, so they need not have taken the same time.</summary>
public static class DropComparer
{
    /// <summary>A rate that differs by no more than this part of the one before counts as the same by default.</summary>
    public const double DefaultTolerance = 0.2;

    // The number of random drops differs by more than this many times its root in one of twenty cases.
    private const double Deviations = 2;

    /// <summary>Compares group by group; what changed most, in packets a second, comes first.</summary>
    /// <param name="before">The groups before; their names tell them apart.</param>
    /// <param name="after">The groups after, grouped by the same.</param>
    /// <param name="tolerance">The part of the rate before that a change must exceed: 0.2 for 20 %.</param>
    public static IReadOnlyList<DropComparison> Compare(
        IReadOnlyList<DropMeasurement> before, IReadOnlyList<DropMeasurement> after, double tolerance = DefaultTolerance)
    {
        ILookup<string, DropMeasurement> old = before.ToLookup(group => group.Name, StringComparer.Ordinal);
        ILookup<string, DropMeasurement> current = after.ToLookup(group => group.Name, StringComparer.Ordinal);
        return
        [
            .. old.Select(group => group.Key).Union(current.Select(group => group.Key), StringComparer.Ordinal)
                .Select(name => Compare(name, [.. old[name]], [.. current[name]], tolerance))
                .OrderByDescending(comparison => comparison.Status != DropChange.Same)
                .ThenByDescending(comparison => Math.Abs(comparison.Change))
                .ThenBy(comparison => comparison.Name, StringComparer.Ordinal),
        ];
    }

    private static DropComparison Compare(string name, DropMeasurement[] before, DropMeasurement[] after, double tolerance)
    {
        DropMeasurement example = after.Length > 0 ? after[0] : before[0];
        double oldRate = before.Sum(group => group.PerSecond);
        double newRate = after.Sum(group => group.PerSecond);
        return new DropComparison
        {
            Name = name,
            Status = Judge(oldRate, newRate, Math.Sqrt(before.Concat(after).Sum(Variance)), tolerance),
            CountBefore = SaturatingCount.Sum(before, group => group.Count),
            CountAfter = SaturatingCount.Sum(after, group => group.Count),
            PerSecondBefore = oldRate,
            PerSecondAfter = newRate,
            Function = example.Function,
            Reason = example.Reason,
            Type = example.Type,
            Class = example.Class,
            Significance = example.Significance,
            Explanation = example.Explanation,
        };
    }

    private static DropChange Judge(double before, double after, double deviation, double tolerance)
    {
        if (before == 0 || after == 0)
        {
            return before == after ? DropChange.Same : before == 0 ? DropChange.New : DropChange.Gone;
        }

        double change = after - before;
        return Math.Abs(change) <= tolerance * before || Math.Abs(change) <= Deviations * deviation ? DropChange.Same
            : change < 0 ? DropChange.Better
            : DropChange.Worse;
    }

    /// <summary>
    /// How far chance alone takes a rate from its mean, squared: counts of independent events vary by the root of their number.
    /// </summary>
    private static double Variance(DropMeasurement group)
    {
        double seconds = Math.Max(group.Duration.TotalSeconds, DropTally.ShortestSeconds);
        return group.Count / (seconds * seconds);
    }
}
