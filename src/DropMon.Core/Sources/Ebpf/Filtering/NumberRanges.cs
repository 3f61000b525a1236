using DropMon.Filters;

namespace DropMon.Sources.Ebpf.Filtering;

/// <summary>Sets of numbers as ranges in rising order that neither overlap nor touch.</summary>
internal static class NumberRanges
{
    /// <summary>The ranges that hold these numbers and no others.</summary>
    public static IReadOnlyList<NumberRange> Of(IEnumerable<uint> numbers) =>
        Merge([.. numbers.Select(number => new NumberRange(number, number))]);

    /// <summary>The same numbers as these ranges hold; null for null.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(ranges))]
    public static IReadOnlyList<NumberRange>? Merge(IReadOnlyList<NumberRange>? ranges)
    {
        if (ranges is null)
        {
            return null;
        }

        var merged = new List<NumberRange>();
        foreach (NumberRange range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= (ulong)merged[^1].Last + 1)
            {
                merged[^1] = new NumberRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
