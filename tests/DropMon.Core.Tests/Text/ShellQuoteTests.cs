using DropMon.Text;

namespace DropMon.Tests.Text;

public class ShellQuoteTests
{
    public static readonly TheoryData<string> Hostile =
    [
        "", " ", "x'; >PWN; '.jsonl", "$(>PWN)", "`>PWN`", "a;>PWN", "a\n>PWN\n", "x' >PWN '", "\" >PWN \"", "'\" $(>PWN) \"'",
        "x\\'; >PWN; \\'", "$'\\'; >PWN; '", "a&b|c", "*", "~", "~root", "a!b'c",
        "\u001b[31mred", "\u202egnp.exe'; >PWN; '", "\u2018; >PWN; \u2019'", "{a,b}", "#a", "=ls", "-rf",
        "Grüße 你好 🙂", "x\u0080'; >PWN; '",
        "\u201c' >PWN \u201d", "100%", "\t", "\r'>PWN", "\U000e0041",
    ];

    [Theory]
    [InlineData("/var/log/drops.jsonl", "/var/log/drops.jsonl")]
    [InlineData("my drops", "'my drops'")]
    [InlineData("", "''")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("it's $HOME", "$'it\\047s $HOME'")]
    [InlineData("\u001b[2J", "$'\\033[2J'")]
    [InlineData("\u202e", "$'\\342\\200\\256'")]
    public void A_word_is_quoted_as_little_as_it_may(string text, string word) => Assert.Equal(word, ShellQuote.Word(text));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_shell_reads_back_what_was_meant_and_runs_nothing(string text)
    {
        using var shell = new Shell();
        foreach (string name in new[] { "bash", "busybox" }.Where(Shell.Has))
        {
            Assert.Equal(text, shell.Run(name, $"printf '%s' {ShellQuote.Word(text)}"));
        }

        Assert.Empty(shell.Made);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_shell_without_numbered_characters_and_one_that_gets_words_for_PowerShell_run_nothing_either(string text)
    {
        using var shell = new Shell();
        foreach (string name in new[] { "bash", "dash", "busybox" }.Where(Shell.Has))
        {
            shell.Run(name, $"printf '%s' {ShellQuote.Word(text)}");
            shell.Run(name, $"printf '%s' {PowerShellQuote.Word(text)}");
        }

        Assert.Empty(shell.Made);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_word_holds_what_a_terminal_would_obey(string text)
    {
        Assert.Equal(ShellQuote.Word(text), SafeText.Escape(ShellQuote.Word(text)));
        Assert.Equal(PowerShellQuote.Word(text), SafeText.Escape(PowerShellQuote.Word(text)));
    }

    [Theory]
    [InlineData("-rf", "./-rf")]
    [InlineData("-a b", "'./-a b'")]
    [InlineData("a", "a")]
    public void No_path_is_an_option(string path, string word) => Assert.Equal(word, ShellQuote.Path(path));

    [Theory]
    [InlineData("drops.jsonl", "'drops.jsonl'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("\u2018", "'\u2018\u2018'")]
    [InlineData("a\u001bb", "('a' + [char]27 + 'b')")]
    [InlineData("\u001b\u001b", "('' + [char]27 + [char]27)")]
    [InlineData("", "''")]
    public void PowerShell_gets_words_of_its_own(string text, string word) => Assert.Equal(word, PowerShellQuote.Word(text));

    [Fact]
    public void A_command_is_its_name_and_arguments_each_a_word() =>
        Assert.Equal("ip route get '1.2.3.4 ; x'", ShellQuote.Command("ip", ["route", "get", "1.2.3.4 ; x"]));
}
