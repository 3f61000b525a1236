using DropMon.Counters;

namespace DropMon.Reconciliation;

/// <summary>Says why a counter rose without a drop that was seen.</summary>
internal static class UnseenText
{
    public static string? Of(CounterDescription counter, long count) => counter.Unseen switch
    {
        UnseenCause.Hardware =>
            "the device or its driver counts this, mostly before the kernel has a packet to report; its manual says what it counts",
        UnseenCause.NoPacket => "the kernel counts this before there is a packet to report, or without freeing one",
        UnseenCause.RaisedElsewhere => "the kernel also increments this counter at places that free the packet as consumed, or not at all",
        UnseenCause.NotADrop => "the counter does not mean a drop",
        UnseenCause.UnknownCounter => "DropMon does not know this counter",
        _ => count == 1 ? "no drop that this source reported accounts for it" : "no drops that this source reported account for them",
    };
}
