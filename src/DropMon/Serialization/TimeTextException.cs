using System.Globalization;

namespace DropMon.Commands;

/// <summary>A text stands where a time belongs, and it is not clear which time that is.</summary>
/// <param name="text">The text.</param>
/// <param name="culture">The culture it was read in.</param>
public sealed class TimeTextException(string text, CultureInfo culture) : DropMonException(
    "TimeNotUnderstood",
    DropMonErrorKind.InvalidData,
    $"'{SafeText.Escape(text)}' is not a time in ISO 8601, nor in the format of "
        + $"{(culture.Name.Length == 0 ? "the invariant culture" : $"the culture {culture.Name}")}.",
    "Write times in ISO 8601, as Export-Csv does for what this module returns; or set [cultureinfo]::CurrentCulture to the culture that "
        + "wrote them.");
