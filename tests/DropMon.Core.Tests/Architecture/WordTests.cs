using System.Text.RegularExpressions;

namespace DropMon.Tests.Architecture;

/// <summary>Texts are plain technical English: words that made them read like a translation stay out.</summary>
public sealed partial class WordTests
{
    // A record of the past.
    private static readonly string[] Exempt = ["CHANGELOG.md"];

    // Comments that are yet to be rewritten.
    private static readonly string[] OldComments = ["DropMon.Core/Evidence/", "DropMon.Core/Sources/Ebpf/", "DropMon/Fleet/"];

    [Fact]
    public void NoMessageHasABannedWord() => Assert.Empty(Banned(SourceTree.Product, CSharpPieceKind.Literal));

    [Fact]
    public void NoCommentHasABannedWord() =>
        Assert.DoesNotContain(
            Banned(SourceTree.Product, CSharpPieceKind.Comment),
            found => !OldComments.Any(path => found.StartsWith(path, StringComparison.Ordinal)));

    [Fact]
    public void NoDocumentHasABannedWord() =>
        Assert.Empty(Directory.EnumerateFiles(SourceTree.Root, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".cs", StringComparison.Ordinal) && !Exempt.Contains(Path.GetFileName(path)))
            .SelectMany(path => Banned(Path.GetRelativePath(SourceTree.Root, path), 1, File.ReadAllText(path))));

    [Theory]
    [InlineData("string text = \"The user was\\n\" +\n    \"told.\";", "Planted.cs:2: told")]
    [InlineData("string text = $\"It cannot be had: {reason}\";", "Planted.cs:1: be had")]
    [InlineData("string text = \"\"\"\n    To mend it\n    \"\"\";", "Planted.cs:2: mend")]
    public void AMessageWithOneIsFoundAtItsLine(string code, string found) =>
        Assert.Contains(found, Banned(SourceTree.Product.With("Planted.cs", code), CSharpPieceKind.Literal));

    [Theory]
    [InlineData("string recommended = \"recommended\";")]
    [InlineData("// the user is told\nstring text = \"reported\";")]
    public void AnotherWordOrACommentIsNoMessageWithOne(string code) =>
        Assert.DoesNotContain(
            Banned(SourceTree.Product.With("Planted.cs", code), CSharpPieceKind.Literal), found =>
                found.StartsWith("Planted.cs", StringComparison.Ordinal));

    private static IEnumerable<string> Banned(SourceTree tree, CSharpPieceKind kind) =>
        from file in tree.Files
        from piece in CSharpLexer.Read(file.Value)
        where piece.Kind == kind
        from found in Banned(file.Key, piece.Line, piece.Text)
        select found;

    private static IEnumerable<string> Banned(string path, int firstLine, string text) =>
        Word().Matches(text).Select(match => $"{path}:{firstLine + text.AsSpan(0, match.Index).Count('\n')}: {match.Value}");

    [GeneratedRegex(@"\b(?:told|(?:some|no)body|whoever|so (?:many|much)|be had|mend(?:s|ed|ing)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
