namespace DropMon.Native;

/// <summary>The network namespace that the kernel began with. Some facilities live in it alone.</summary>
internal static class FirstNetworkNamespace
{
    /// <summary>A setting for the whole system, which no other namespace shows.</summary>
    public const string Mark = "/proc/sys/net/core/netdev_max_backlog";

    /// <summary>Whether this process is in it.</summary>
    public static bool IsCurrent => File.Exists(Mark);
}
