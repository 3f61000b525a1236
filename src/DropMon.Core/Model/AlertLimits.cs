namespace DropMon;

/// <summary>
/// What one alert may hold when it comes from a file or from objects that were written down: more than any kernel gives, and little enough
/// that a hostile file cannot fill the memory. What goes beyond is refused.
/// </summary>
internal static class AlertLimits
{
    /// <summary>Characters of a text. Paths are the longest (PATH_MAX).</summary>
    public const int MostText = 4096;

    /// <summary>Bytes of a packet. The largest that the kernel handles as one has 512 KB (GSO_MAX_SIZE of BIG TCP).</summary>
    public const int MostPayload = 1024 * 1024;

    /// <summary>Bytes of the cookie of a flow rule. The kernel's has 16 (TC_COOKIE_MAX_SIZE).</summary>
    public const int MostCookie = 256;

    /// <summary>Frames of a stack. The kernel's limit is 640 (kernel.perf_event_max_stack).</summary>
    public const int MostFrames = 1024;

    /// <summary>Bytes that a place takes in memory, with all functions inlined there.</summary>
    public const int MostSite = 128 * 1024;

    /// <summary>Bytes that the places which a reader remembers take in memory.</summary>
    public const int MostSites = 8 * 1024 * 1024;
}
