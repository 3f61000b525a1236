using System.Text.Json;
using DropMon.Text;

namespace DropMon.Tests.Text;

public class NamePatternTests
{
    private const int Seed = 2009;
    private const int Trials = 20_000;

    // What PowerShell's WildcardPattern says; NamePattern.Tests.ps1 asks a real one.
    private static readonly JsonElement Table =
        JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", nameof(Patterns), "wildcards.json"))).RootElement;

    public static TheoryData<string> Patterns =>
        new(Table.GetProperty(nameof(Patterns)).EnumerateArray().Select(row => row.GetProperty("Pattern").GetString()!));

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_stands_for_the_names_that_it_stands_for_in_PowerShell(string text)
    {
        JsonElement row = Table.GetProperty(nameof(Patterns))
            .EnumerateArray()
            .Single(row => row.GetProperty("Pattern").GetString() == text);
        string[] names = [.. Table.GetProperty("Names").EnumerateArray().Select(name => name.GetString()!)];

        bool isPattern = NamePattern.TryParse(text, out NamePattern? pattern, out string? fault);

        Assert.Equal(row.TryGetProperty("Fault", out _), !isPattern);
        Assert.Equal(isPattern, fault is null);
        if (isPattern)
        {
            Assert.Equal(
                row.GetProperty("Matches").EnumerateArray().Select(name => name.GetString()), names.Where(name => pattern!.Matches(name)));
        }
    }

    [Theory]
    [InlineData("a\\*b", "a*b", "axb")]
    [InlineData("br\\[0\\]", "br[0]", "br0")]
    [InlineData("a\\\\*", "a\\b", "a*")]
    [InlineData("a\\b", "a\\b", "ab")]
    [InlineData("[\\]]", "]", "\\")]
    [InlineData("[a\\-c]", "-", "b")]
    public void A_backslash_takes_its_meaning_from_a_wildcard_and_is_a_character_elsewhere(string text, string match, string other)
    {
        NamePattern pattern = NamePattern.Parse(text);

        Assert.True(pattern.Matches(match));
        Assert.False(pattern.Matches(other));
    }

    [Theory]
    [InlineData("NO_SOCKET", "NO_SOCKET")]
    [InlineData("a`*b", "a*b")]
    [InlineData("a\\?", "a?")]
    [InlineData("NO_*", null)]
    [InlineData("[a]", null)]
    public void A_pattern_without_wildcards_is_a_name(string text, string? name)
    {
        Assert.Equal(name, NamePattern.Parse(text).Name);
        Assert.Equal(name is null, NamePattern.IsPattern(text));
    }

    [Theory]
    [InlineData("eth0")]
    [InlineData("br[0]")]
    [InlineData("a*b?c`d\\e")]
    [InlineData("")]
    [InlineData("[")]
    public void An_escaped_name_stands_for_itself_alone(string name)
    {
        Assert.Equal(name, NamePattern.Of(name).Name);
        Assert.True(NamePattern.Of(name).Matches(name));
        Assert.False(NamePattern.Of(name).Matches(name + "x"));
    }

    [Fact]
    public void Patterns_of_several_runs_match_as_a_search_through_all_ways_does()
    {
        var random = new Random(Seed);
        for (int i = 0; i < Trials; i++)
        {
            string text = string.Concat(random.GetItems(["*", "?", "a", "b", "[ab]"], random.Next(0, 7)));
            string name = string.Concat(random.GetItems(["a", "b", "c"], random.Next(0, 7)));

            Assert.True(NamePattern.Parse(text).Matches(name) == IsMatch(text, name), $"{text} and {name}");
        }
    }

    [Fact]
    public void A_pattern_made_to_be_slow_is_not()
    {
        NamePattern pattern = NamePattern.Parse(string.Concat(Enumerable.Repeat("a*", 250)) + "b");
        string name = new('a', 512);

        long start = Environment.TickCount64;
        Assert.False(pattern.Matches(name));
        Assert.InRange(Environment.TickCount64 - start, 0, 5000);
    }

    [Fact]
    public void Patterns_that_differ_in_case_are_equal()
    {
        Assert.Equal(NamePattern.Parse("NO_*"), NamePattern.Parse("no_*"));
        Assert.Equal(NamePattern.Parse("NO_*").GetHashCode(), NamePattern.Parse("no_*").GetHashCode());
        Assert.NotEqual(NamePattern.Parse("NO_*"), NamePattern.Parse("NO_?"));
    }

    // One way to be right: try whatever a run could take.
    private static bool IsMatch(string pattern, string name) => pattern.Length == 0 ? name.Length == 0 : pattern[0] switch
    {
        '*' => Enumerable.Range(0, name.Length + 1).Any(taken => IsMatch(pattern[1..], name[taken..])),
        '[' => name.Length > 0 && name[0] != 'c' && IsMatch(pattern[4..], name[1..]),
        '?' => name.Length > 0 && IsMatch(pattern[1..], name[1..]),
        char c => name.Length > 0 && name[0] == c && IsMatch(pattern[1..], name[1..]),
    };
}
