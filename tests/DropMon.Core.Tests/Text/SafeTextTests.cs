namespace DropMon.Tests.Text;

public class SafeTextTests
{
    [Theory]
    [InlineData("eth0", "eth0")]
    [InlineData("Grüße 你好 🙂", "Grüße 你好 🙂")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("a\r\nb\0c", "a\\u000d\\u000ab\\u0000c")]
    [InlineData("\u009b2J", "\\u009b2J")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("\u2028", "\\u2028")]
    [InlineData("\U000e0041", "\\U000e0041")]
    public void What_a_terminal_would_obey_is_written_out(string text, string safe) => Assert.Equal(safe, SafeText.Escape(text));

    [Fact]
    public void Safe_text_is_the_same_object()
    {
        string text = "eth0";

        Assert.Same(text, SafeText.Escape(text));
    }

    // Attributes cannot hold halves of characters.
    [Fact]
    public void Half_a_character_is_written_out()
    {
        Assert.Equal("a\\ud800\\u001b", SafeText.Escape("a\ud800\u001b"));
        Assert.Equal("\\udc00", SafeText.Escape("\udc00"));
        Assert.Equal("🙂\\ud83d", SafeText.Escape("🙂\ud83d"));
    }
}
