namespace DropMon.Cli;

/// <summary>The exit codes. Part of the public contract.</summary>
internal static class ExitCode
{
    /// <summary>
    /// The command did what it was asked to: the time or count was reached, a signal asked for the end, or the reader of a pipe went away.
    /// </summary>
    public const int Success = 0;

    /// <summary>Something failed on the way.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A privilege is missing.</summary>
    public const int PermissionDenied = 3;

    /// <summary>This kernel or machine lacks what is needed.</summary>
    public const int NotSupported = 4;

    /// <summary>Another process holds what is needed.</summary>
    public const int Conflict = 5;

    public static int Of(DropMonErrorKind kind) => kind switch
    {
        DropMonErrorKind.InvalidArgument => Usage,
        DropMonErrorKind.PermissionDenied => PermissionDenied,
        DropMonErrorKind.NotSupported => NotSupported,
        DropMonErrorKind.Conflict => Conflict,
        _ => Failure,
    };
}
