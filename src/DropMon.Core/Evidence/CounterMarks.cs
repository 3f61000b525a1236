using System.Globalization;

namespace DropMon.Evidence;

/// <summary>Counters as they stood a moment ago. Only a rise since then is a witness: a count since boot may be years old.</summary>
/// <param name="values">What each stood at.</param>
/// <param name="age">How long ago that was.</param>
internal sealed class CounterMarks(IReadOnlyDictionary<string, long> values, TimeSpan age)
{
    public static CounterMarks None { get; } = new(new Dictionary<string, long>(), TimeSpan.Zero);

    /// <summary>Since when, in words.</summary>
    public string Span => string.Create(CultureInfo.InvariantCulture, $"in the last {Math.Max(0.1, age.TotalSeconds):0.#} s");

    /// <summary>By how much a counter rose; 0 where it did not, or was not there before.</summary>
    public long Rise(string counter, long now) => values.TryGetValue(counter, out long before) ? Math.Max(0, now - before) : 0;
}
