namespace DropMon.Evidence;

/// <summary>What <c>ip route get</c> says where it fails: only some of it means that there is no route.</summary>
internal static class RouteError
{
    /// <summary>ENETUNREACH and EHOSTUNREACH: no route, or one of the type unreachable.</summary>
    public static bool SaysNoRoute(string error) =>
        error.Contains("Network is unreachable", StringComparison.Ordinal) || error.Contains("No route to host", StringComparison.Ordinal);
}
