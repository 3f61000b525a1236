namespace DropMon.Commands;

/// <summary>An object from the pipeline is not what the cmdlet takes.</summary>
/// <param name="message">Which, and why not.</param>
public sealed class InputException(string message) : DropMonException(
    "InputNotUnderstood",
    DropMonErrorKind.InvalidData,
    SafeText.Escape(message),
    "Give what Get-NetDrop, Watch-NetDrop or Import-NetDrop returned, or the same from Import-Clixml, ConvertFrom-Json or another session.");
