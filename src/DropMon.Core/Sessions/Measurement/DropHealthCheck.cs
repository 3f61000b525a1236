using System.Globalization;

namespace DropMon.Sessions.Measurement;

/// <summary>Judges a measurement by limits that each place must keep.</summary>
public sealed record DropHealthCheck
{
    /// <summary>What to measure by, so that each group is one place and one reason.</summary>
    public static IReadOnlyList<DropGroupKey> Keys { get; } = [DropGroupKey.Reason, DropGroupKey.Location];

    /// <summary>Packets a second, on average, that a place may drop; null for any.</summary>
    public double? MaxPerSecond { get; init; }

    /// <summary>Packets that a place may drop; null for any.</summary>
    public long? MaxCount { get; init; }

    /// <summary>Judges.</summary>
    /// <param name="places">The groups, by <see cref="Keys"/>.</param>
    /// <param name="duration">How long was measured.</param>
    /// <param name="ledger">What became of the alerts.</param>
    /// <returns>Those that broke a limit, the worst first; or one that says that none did.</returns>
    public IReadOnlyList<DropHealth> Judge(IReadOnlyList<DropMeasurement> places, TimeSpan duration, DropLedger ledger)
    {
        DropHealth[] failed =
        [
            .. places.Select(place => (Place: place, Limit: FindBroken(place)))
                .Where(found => found.Limit is not null)
                .Select(found => Failure(found.Place, found.Limit!))
        ];
        if (failed.Length > 0)
        {
            return failed;
        }

        long count = SaturatingCount.Sum(places, place => place.Count);
        return
        [
            new DropHealth
            {
                Status = DropHealthStatus.Passed,
                Name = GroupLabel.AllName,
                Limit = $"each place {string.Join(" and ", Limits())}",
                Count = count,
                PerSecond = count / Math.Max(duration.TotalSeconds, DropTally.ShortestSeconds),
                Duration = duration,
                Ledger = ledger,
            },
        ];
    }

    private static string Text(double limit, string unit) => string.Create(CultureInfo.InvariantCulture, $"at most {limit:0.##} {unit}");

    private static DropHealth Failure(DropMeasurement place, string limit) => new()
    {
        Status = DropHealthStatus.Failed,
        Name = place.Name,
        Limit = limit,
        Count = place.Count,
        PerSecond = place.PerSecond,
        Duration = place.Duration,
        Function = place.Function,
        Location = place.Location,
        Reason = place.Reason,
        Class = place.Class,
        Type = place.Type,
        Significance = place.Significance,
        Explanation = place.Explanation,
        Ledger = place.Ledger,
    };

    private string? FindBroken(DropMeasurement place) =>
        place.PerSecond > MaxPerSecond ? Text(MaxPerSecond.Value, "a second")
        : place.Count > MaxCount ? Text(MaxCount.Value, "in total")
        : null;

    private IEnumerable<string> Limits()
    {
        if (MaxPerSecond is { } rate)
        {
            yield return Text(rate, "a second");
        }

        if (MaxCount is { } count)
        {
            yield return Text(count, "in total");
        }
    }
}
