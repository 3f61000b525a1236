namespace DropMon;

/// <summary>An option, or a combination of options, cannot work.</summary>
public sealed class OptionException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="message">Which option, and why it cannot work.</param>
    /// <param name="remedy">What to use instead.</param>
    public OptionException(string message, string remedy)
        : base("OptionUnusable", DropMonErrorKind.InvalidArgument, message, remedy)
    {
    }
}
