namespace DropMon.Commands;

/// <summary>An object from the pipeline is not what the cmdlet takes.</summary>
/// <param name="message">Which, and why not.</param>
/// <param name="remedy">What to give instead.</param>
public sealed class InputException(string message, string remedy) : DropMonException(
    "InputNotUnderstood",
    DropMonErrorKind.InvalidData,
    message,
    remedy);
