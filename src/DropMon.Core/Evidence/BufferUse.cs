namespace DropMon.Evidence;

/// <summary>When a socket's receive buffer counts as full.</summary>
internal static class BufferUse
{
    /// <summary>
    /// The kernel charges each packet with its whole buffer, so that the last one that fits leaves a rest: a full queue stands near its
    /// limit.
    /// </summary>
    public static bool IsFull(long used, long? limit) => limit > 0 && used >= limit / 10 * 9;
}
