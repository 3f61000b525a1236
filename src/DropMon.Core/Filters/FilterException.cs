namespace DropMon.Filters;

/// <summary>A filter, or the JSON form of one, cannot be read.</summary>
public sealed class FilterException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="where">Where: <c>Reason[2]</c>, or <c>byte 17</c>.</param>
    /// <param name="remedy">What to write instead.</param>
    public FilterException(string message, string where, string remedy)
        : base("FilterInvalid", DropMonErrorKind.InvalidArgument, message, remedy) => Where = where;

    /// <summary>Where it is: the condition with the number of its value, as in <c>Reason[2]</c>, or the byte of the JSON form.</summary>
    public string Where { get; }
}
