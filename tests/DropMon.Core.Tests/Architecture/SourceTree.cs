using System.Text.RegularExpressions;

namespace DropMon.Tests.Architecture;

/// <summary>C# files, by their path below a folder.</summary>
internal sealed partial class SourceTree(IReadOnlyDictionary<string, string> files)
{
    /// <summary>Core as it was when these tests were built.</summary>
    public static SourceTree Core { get; } = Read("src/DropMon.Core");

    /// <summary>One project of the product.</summary>
    public static SourceTree Of(string project) => Read($"src/{project}");

    /// <summary>The three projects of the product.</summary>
    public static SourceTree Product { get; } = Read("src");

    /// <summary>All tests.</summary>
    public static SourceTree Tests { get; } = Read("tests");

    /// <summary>
    /// The files of the repository that these tests were built beside: a copy, so that tests run where the repository is not.
    /// </summary>
    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "Sources");

    /// <summary>Text by path.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    /// <summary>The names of the types that a file declares outside of other types.</summary>
    public static IEnumerable<string> DeclaredTypes(string text) => Declaration().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>The namespace that a file declares; null where there is none.</summary>
    public static string? Namespace(string text) =>
        NamespaceLine().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>Whether all types that a file declares are visible outside of the assembly.</summary>
    public static bool IsPublic(string text) =>
        Declaration().Matches(text).Any(match => match.Value.StartsWith("public ", StringComparison.Ordinal));

    /// <summary>The first folder of a path.</summary>
    public static string FolderOf(string path) => path.Split('/')[0];

    /// <summary>This tree with one more file.</summary>
    public SourceTree With(string path, string text) => new(new Dictionary<string, string>(files) { [path] = text });

    /// <summary>A file's identifiers outside of comments, members of other things excepted.</summary>
    public static IReadOnlySet<string> Identifiers(string text)
    {
        string code = Using().Replace(Comment().Replace(text, ""), "");
        // What stands between the braces of an interpolated string is code.
        code = Literal().Replace(code, literal => string.Join(' ', Hole().Matches(literal.Value).Select(hole => hole.Value)));
        // A member may have the name of a type: its declaration and assignments to it are no use of the type.
        code = MemberAssignment().Replace(MemberDeclaration().Replace(code, "${type} _"), "_ =");
        return Identifier().Matches(code).Select(match => match.Value).ToHashSet();
    }

    private static SourceTree Read(string folder)
    {
        string root = Path.Combine(AppContext.BaseDirectory, "Sources", folder);
        return new(Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText));
    }

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*"
        + @"(?:class|record struct|record class|record|struct|interface|enum)\s+(?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^using .*$", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"""(?:\\.|[^""\\\n])*""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*")]
    private static partial Regex Hole();

    [GeneratedRegex(
        @"(?<type>\b(?!(?:new|return|is|as|not|or|and|in|throw|await|else|case)\b)[A-Za-z]\w*[>\]?]*) (?<name>[A-Z]\w*)(?=\s*(?:\{ (?:get|init|set)|=>|=(?!=)|;))")]
    private static partial Regex MemberDeclaration();

    [GeneratedRegex(@"(?<=[{;(,]\s*|=>\s*)[A-Z]\w* =(?!=)")]
    private static partial Regex MemberAssignment();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
    private static partial Regex Identifier();
}
