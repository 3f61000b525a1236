namespace DropMon.Evidence;

/// <summary>
/// What the probes' counters stood at before: read when evidence is first asked for, or at the start of a command that asks often, and
/// again from time to time, so that a rise is recent.
/// </summary>
internal sealed class CounterBaseline(IEvidenceClock clock)
{
    /// <summary>How long counters are watched at least before they may be called still.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>How old a reading becomes before the next is taken.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly Dictionary<IEvidenceProbe, List<Reading>> _readings = [];

    /// <summary>Reads the probe's counters, if the last reading is too old.</summary>
    public void Read(IEvidenceProbe probe, CancellationToken cancellationToken)
    {
        if (!_readings.TryGetValue(probe, out List<Reading>? readings))
        {
            _readings.Add(probe, readings = []);
        }

        if (readings.Count > 0 && clock.Now - readings[^1].Time < Lifetime)
        {
            return;
        }

        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string counter, long value) in probe.Count(cancellationToken))
        {
            values[counter] = value;
        }

        // The one before serves until this one is old enough.
        readings.RemoveRange(0, Math.Max(0, readings.Count - 1));
        readings.Add(new Reading(clock.Now, values));
    }

    /// <summary>Waits until what was read of these probes is old enough to be compared with.</summary>
    public void Wait(IReadOnlyList<IEvidenceProbe> probes, CancellationToken cancellationToken)
    {
        TimeSpan age = probes.Select(probe => _readings[probe][0]).Where(reading => reading.Values.Count > 0)
            .Select(reading => clock.Now - reading.Time).DefaultIfEmpty(Window).Min();
        if (age < Window)
        {
            clock.Wait(Window - age, cancellationToken);
        }
    }

    /// <summary>What the probe's counters stood at.</summary>
    public CounterMarks Of(IEvidenceProbe probe)
    {
        List<Reading> readings = _readings[probe];
        Reading before = readings.FindLast(reading => clock.Now - reading.Time >= Window) ?? readings[0];
        return new CounterMarks(before.Values, clock.Now - before.Time);
    }

    private sealed record Reading(TimeSpan Time, Dictionary<string, long> Values);
}
