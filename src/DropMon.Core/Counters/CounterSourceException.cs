namespace DropMon;

/// <summary>A place where the kernel counts drops could not be read.</summary>
public sealed class CounterSourceException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="message">What could not be read, and why.</param>
    /// <param name="remedy">The fix.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public CounterSourceException(DropMonErrorKind kind, string message, string? remedy, Exception? innerException = null)
        : base("CounterSourceUnreadable", kind, message, remedy, innerException)
    {
    }

    internal static CounterSourceException Unreadable(string path) => new(
        DropMonErrorKind.NotFound,
        $"{path} cannot be read, so its counters are missing.",
        "Run as root, and mount proc if it is not: mount -t proc proc /proc");

    internal static CounterSourceException Malformed(string path) => new(
        DropMonErrorKind.InvalidData,
        $"{path} has a format that DropMon does not know, so its counters are missing.",
        "Report it with the output of uname -r and the file.");
}
