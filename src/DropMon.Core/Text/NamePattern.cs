using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace DropMon.Text;

/// <summary>
/// A pattern of names, the same everywhere: <c>*</c> stands for any run of characters, <c>?</c> for one, <c>[abc]</c> for one of these and
/// <c>[a-z]</c> for one of a range. Case does not matter. A backtick takes its meaning from the next character; so does a backslash before
/// one that has a meaning. These are PowerShell's wildcards (WildcardPattern), and a backslash beside the backtick for other shells.
/// </summary>
internal sealed class NamePattern : IEquatable<NamePattern>
{
    private static readonly SearchValues<char> Meaningful = SearchValues.Create("*?[]`\\");

    private readonly PatternElement[] _elements;

    private NamePattern(string text, PatternElement[] elements)
    {
        Text = text;
        _elements = elements;
        if (Array.TrueForAll(elements, element => element.Kind == PatternElementKind.Character))
        {
            Name = string.Concat(elements.Select(element => element.Character));
        }
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>The only name that it stands for, without escapes; null where it has wildcards.</summary>
    public string? Name { get; }

    /// <summary>Whether a text has wildcards, and so stands for more than one name.</summary>
    public static bool IsPattern(string text) => !TryParse(text, out NamePattern? pattern, out _) || pattern.Name is null;

    /// <summary>The pattern that stands for one name, whatever characters it has.</summary>
    public static NamePattern Of(string name) => Parse(Escape(name));

    /// <summary>A text that stands for one name, with backticks where characters would be taken for wildcards.</summary>
    public static string Escape(string name) =>
        name.AsSpan().IndexOfAny(Meaningful) < 0 ? name : string.Concat(name.Select(c => Meaningful.Contains(c) ? $"`{c}" : c.ToString()));

    /// <exception cref="FormatException">The text is no pattern.</exception>
    public static NamePattern Parse(string text) =>
        TryParse(text, out NamePattern? pattern, out string? fault) ? pattern : throw new FormatException(fault);

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="pattern">The result.</param>
    /// <param name="fault">What is wrong with the text, as the end of a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out NamePattern? pattern, [NotNullWhen(false)] out string? fault)
    {
        pattern = NamePatternReader.TryRead(text, out PatternElement[] elements, out fault) ? new NamePattern(text, elements) : null;
        return pattern is not null;
    }

    /// <summary>Whether it stands for a name.</summary>
    public bool Matches(ReadOnlySpan<char> name)
    {
        if (Name is not null)
        {
            return PatternElement.IsSame(Name, name);
        }

        int element = 0, at = 0, run = -1, runEnd = 0;
        while (at < name.Length)
        {
            if (element < _elements.Length && _elements[element].Kind == PatternElementKind.Run)
            {
                run = element++;
                runEnd = at;
            }
            else if (element < _elements.Length && _elements[element].Accepts(name[at]))
            {
                element++;
                at++;
            }
            else if (run >= 0)
            {
                // The last run takes one character more. Earlier runs need not: whatever they would take, this one can.
                element = run + 1;
                at = ++runEnd;
            }
            else
            {
                return false;
            }
        }

        while (element < _elements.Length && _elements[element].Kind == PatternElementKind.Run)
        {
            element++;
        }

        return element == _elements.Length;
    }

    /// <inheritdoc/>
    public bool Equals(NamePattern? other) => other is not null && PatternElement.IsSame(Text, other.Text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NamePattern);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(string.Concat(Text.Select(PatternElement.Fold)), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
