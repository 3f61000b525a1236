namespace DropMon;

/// <summary>This kernel, or this environment, lacks something that DropMon needs.</summary>
public sealed class KernelFeatureMissingException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="errorId">A stable identifier.</param>
    /// <param name="message">What is missing, and how that was found.</param>
    /// <param name="remedy">How to get it.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public KernelFeatureMissingException(string errorId, string message, string remedy, Exception? innerException = null)
        : base(errorId, DropMonErrorKind.NotSupported, message, remedy, innerException)
    {
    }
}
