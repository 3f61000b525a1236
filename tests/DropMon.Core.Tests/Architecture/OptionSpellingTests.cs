using System.Text.RegularExpressions;

namespace DropMon.Tests.Architecture;

/// <summary>Core names options by what they are, and speaks no front end's language.</summary>
public sealed partial class OptionSpellingTests
{
    private const string Parameter = """(?<=["\s(`'/])-(?:[A-Z][a-z]+)+\b(?!\.[A-Z])""";
    private const string Option = """(?<=["\s(`'])--[a-z][a-z-]+""";
    private const string Cmdlet = @"\b[A-Z][a-z]+-(?:Net)?Drop[A-Z]?[A-Za-z]*";
    private const string Verb = @"\bdropmon (?:watch|top|measure|counters|reasons|explain|doctor)\b|\bpwsh\b";

    // Commands of other programs, which are the same for every front end.
    private static readonly string[] OfOthers =
    [
        "nsenter --target 1 --net ", "--network host", "--privileged", "Get-Content -Raw -LiteralPath ",
        "Move-Item -Force -LiteralPath THAT_FILE -Destination ", "--queue-bypass", "--queue-num", "--queue-balance", "\"--sport\"",
        "\"--dport\"",
    ];

    [Fact]
    public void NoTextOfCoreSpellsAnOption() => Assert.Empty(Spelt(SourceTree.Core));

    [Theory]
    [InlineData("\"Use -Source NetDm.\"", "-Source")]
    [InlineData("$\"leave out -StackTrace\"", "-StackTrace")]
    [InlineData("\"(-Force)\"", "-Force")]
    [InlineData("\"Use --queue-length 5\"", "--queue-length")]
    [InlineData("\"Test-DropMonitor says more\"", "Test-DropMonitor")]
    [InlineData("\"see dropmon doctor\"", "dropmon doctor")]
    public void ATextThatSpellsOneIsFound(string text, string found) =>
        Assert.Contains(
            $"Text/Planted.cs: {found}",
            Spelt(SourceTree.Core.With("Text/Planted.cs", $"internal static class Planted {{ const string T = {text}; }}")));

    [Theory]
    [InlineData("/// <summary>What Test-DropMonitor says, with -Source NetDm.</summary>")]
    [InlineData("int a = -Errno.EPERM; a--;")]
    [InlineData("\"nsenter --target 1 --net true\"")]
    public void WhatIsNoTextOrOfAnotherProgramIsFine(string code) =>
        Assert.DoesNotContain(
            Spelt(SourceTree.Core.With("Text/Planted.cs", code)), found => found.StartsWith("Text/Planted.cs", StringComparison.Ordinal));

    private static IReadOnlyList<string> Spelt(SourceTree tree) =>
    [
        .. from file in tree.Files
           from line in file.Value.Split('\n')
           where line.Contains('"', StringComparison.Ordinal) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
           let own = OfOthers.Aggregate(line, (text, other) => text.Replace(other, "", StringComparison.Ordinal))
           from Match match in Spelling().Matches(own)
           select $"{file.Key}: {match.Value}",
    ];

    [GeneratedRegex($"{Parameter}|{Option}|{Cmdlet}|{Verb}")]
    private static partial Regex Spelling();
}
