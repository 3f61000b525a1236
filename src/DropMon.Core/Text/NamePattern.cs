using System.IO.Enumeration;

namespace DropMon.Text;

/// <summary>A name in which <c>*</c> stands for any run of characters and <c>?</c> for one.</summary>
internal static class NamePattern
{
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?') >= 0;

    public static bool Matches(string pattern, string name, bool ignoreCase = false) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase);
}
