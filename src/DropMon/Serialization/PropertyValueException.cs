namespace DropMon.Commands;

/// <summary>A property of an object that was written down holds a value that it cannot have.</summary>
/// <param name="name">The property.</param>
/// <param name="value">What it holds.</param>
/// <param name="expected">What it may hold.</param>
public sealed class PropertyValueException(string name, object? value, string expected) : DropMonException(
    "PropertyOutOfRange",
    DropMonErrorKind.InvalidData,
    $"{name} is '{Shorten(FormattableString.Invariant($"{value}"))}', and {expected} was expected.",
    $"Correct {name}, or leave it out: Select-Object -ExcludeProperty {name}")
{
    private const int MostShown = 60;

    private static string Shorten(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";
}
