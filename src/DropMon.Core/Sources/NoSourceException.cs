namespace DropMon.Sources;

/// <summary>Neither source can be had.</summary>
public sealed class NoSourceException : DropMonException
{
    /// <summary>Creates an error from what each source lacks.</summary>
    /// <param name="netDm">Why the drop monitor cannot be had.</param>
    /// <param name="tracepoint">Why the tracepoint cannot be had.</param>
    public NoSourceException(DropMonException netDm, DropMonException tracepoint)
        : base(
            IsPrivilege(netDm, tracepoint) ? "CapabilityMissing" : "NoSource",
            IsPrivilege(netDm, tracepoint) ? DropMonErrorKind.PermissionDenied : DropMonErrorKind.NotSupported,
            $"No source of drops can be had here. Drop monitor: {netDm.Message} Tracepoint: {tracepoint.Message}",
            IsPrivilege(netDm, tracepoint)
                ? Grant
                : $"For the drop monitor: {netDm.Remedy} For the tracepoint: {tracepoint.Remedy}",
            netDm)
    {
        NetDm = netDm;
        Tracepoint = tracepoint;
    }

    /// <summary>Why the drop monitor cannot be had.</summary>
    public DropMonException NetDm { get; }

    /// <summary>Why the tracepoint cannot be had.</summary>
    public DropMonException Tracepoint { get; }

    private static string Grant => Environment.IsPrivilegedProcess
        ? "Root lacks capabilities here, as in a container: add NET_ADMIN and SYS_ADMIN and the host's network (--network host) for the drop monitor, or PERFMON, DAC_READ_SEARCH and SYSLOG "
            + "(on Debian SYS_ADMIN instead of PERFMON) for the tracepoint. In a user namespace of its own, as of a rootless container, none of them counts: run it on the host."
        : "Run as root: sudo pwsh, or sudo dropmon. Without root the drop monitor needs CAP_NET_ADMIN and CAP_SYS_ADMIN, the tracepoint CAP_PERFMON and CAP_DAC_READ_SEARCH.";

    private static bool IsPrivilege(DropMonException netDm, DropMonException tracepoint) =>
        netDm.Kind == DropMonErrorKind.PermissionDenied || tracepoint.Kind == DropMonErrorKind.PermissionDenied;
}
