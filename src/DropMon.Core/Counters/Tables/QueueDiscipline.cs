namespace DropMon.Counters.Tables;

/// <summary>A queueing discipline with its statistics.</summary>
/// <param name="InterfaceIndex">The interface.</param>
/// <param name="Name">Kind, handle and parent, as tc writes them: <c>fq_codel 8001: root</c>.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Counts">What it counts.</param>
/// <param name="Limit">How much it holds at most, in packets or, for bfifo, bytes; null where its kind has no such limit or DropMon does
/// not know it.</param>
internal sealed record QueueDiscipline(int InterfaceIndex, string Name, string Kind, QdiscCounts Counts, long? Limit)
{
    /// <summary>Whether no more fits in now; null where the limit is not known.</summary>
    public bool? IsFull => Limit is { } limit ? (Kind == "bfifo" ? Counts.Backlog : Counts.Length) >= limit : null;
}
