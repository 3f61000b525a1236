namespace DropMon.Text;

/// <summary>Finds the names that a misspelt one may stand for.</summary>
internal static class SimilarNames
{
    private const int FewestLetters = 3;
    private const int MostAsked = 5;
    private const double Alike = 0.6;

    /// <summary>
    /// The names that are much like this one, the likest first: one holds the other (NOSOCKET, SOCKET), or most pairs of letters are the
    /// same (NO_SOKET).
    /// </summary>
    public static IEnumerable<string> To(string name, IEnumerable<string> known)
    {
        string letters = Letters(name);
        return letters.Length < FewestLetters ? [] : known.Distinct()
            .Select(candidate => (Name: candidate, Likeness: Likeness(letters, Letters(candidate))))
            .Where(candidate => candidate.Likeness >= Alike)
            .OrderByDescending(candidate => candidate.Likeness)
            .Select(candidate => candidate.Name);
    }

    /// <summary>Asks whether one of the names, the first five at most, was meant; null where there are none.</summary>
    public static string? Question(IEnumerable<string> similar) => similar.Take(MostAsked).ToArray() switch
    {
        [] => null,
        [string one] => $"Did you mean {one}?",
        [.. string[] some, string last] => $"Did you mean {string.Join(", ", some)} or {last}?",
    };

    // The share of common pairs of letters (Dice's coefficient).
    private static double Likeness(string name, string other)
    {
        HashSet<string> pairs = Pairs(name), others = Pairs(other);
        double likeness = 2.0 * pairs.Count(others.Contains) / (pairs.Count + others.Count);
        return other.Contains(name, StringComparison.Ordinal) || name.Contains(other, StringComparison.Ordinal)
            ? Math.Max(Alike, likeness)
            : likeness;
    }

    private static HashSet<string> Pairs(string letters) =>
        [.. Enumerable.Range(0, Math.Max(0, letters.Length - 1)).Select(at => letters.Substring(at, 2))];

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
