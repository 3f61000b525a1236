namespace DropMon.Text;

/// <summary>What an element of a <see cref="NamePattern"/> stands for.</summary>
internal enum PatternElementKind
{
    Character,
    AnyCharacter,
    OneOf,
    Run,
}

/// <summary>An element of a <see cref="NamePattern"/>.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Character">The character that it stands for, where it is one.</param>
/// <param name="Ranges">Where it is one of several: the first and the last character of each range, one after the other.</param>
internal readonly record struct PatternElement(PatternElementKind Kind, char Character = default, string Ranges = "")
{
    /// <summary>Whether it stands for a character.</summary>
    public bool Accepts(char c) => Kind switch
    {
        PatternElementKind.Character => Fold(c) == Fold(Character),
        PatternElementKind.AnyCharacter => true,
        PatternElementKind.OneOf => Holds(c) || Holds(char.ToLowerInvariant(c)) || Holds(char.ToUpperInvariant(c)),
        _ => false,
    };

    /// <summary>Whether two texts differ in case at most.</summary>
    public static bool IsSame(ReadOnlySpan<char> text, ReadOnlySpan<char> other)
    {
        if (text.Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != other[i] && Fold(text[i]) != Fold(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The character as it is compared.</summary>
    public static char Fold(char c) => char.IsAscii(c) ? (char)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c) : char.ToLowerInvariant(c);

    private bool Holds(char c)
    {
        for (int i = 0; i < Ranges.Length; i += 2)
        {
            if (c >= Ranges[i] && c <= Ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
