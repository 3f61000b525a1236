namespace DropMon.Counters;

/// <summary>One place where this kernel counts dropped packets. Adding a place means one new class that implements this.</summary>
internal interface IDropCounterSource
{
    /// <summary>The file or facility, as its own documentation names it.</summary>
    string Name { get; }

    /// <summary>Reads all its counters, those of this thread's network namespace; none where this kernel lacks the place.</summary>
    /// <exception cref="DropMonException">It is there and cannot be read. What was handed on before stays good.</exception>
    IEnumerable<CounterReading> Read();
}
