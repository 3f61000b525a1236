using DropMon.Files;
using DropMon.Filters;
using DropMon.Text;

namespace DropMon.Tests.Text;

public class OptionTextTests
{
    private static readonly MarkSpelling Spelling = new();

    public static TheoryData<string> Options => new(OptionId.All.Select(option => option.Name));

    public static TheoryData<string> Commands => new(CommandId.All.Select(command => command.Name));

    [Fact]
    public void A_front_end_writes_its_own_options_and_commands() => Assert.Equal(
        "Use /Source=NetDm or leave out /Hardware; run Doctor says more.",
        OptionText.Spell($"Use {OptionId.Source.With("NetDm")} or leave out {OptionId.Hardware}; {CommandId.Doctor} says more.", Spelling));

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_has_a_mark(string name) => Assert.Equal($"/{name}", OptionText.Spell($"{OptionId.Find(name)}", Spelling));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_a_mark(string name) => Assert.Equal($"run {name}", OptionText.Spell($"{CommandId.Find(name)}", Spelling));

    [Fact]
    public void All_are_listed()
    {
        Assert.Equal(Declared<OptionId>(), OptionId.All.ToHashSet());
        Assert.Equal(Declared<CommandId>(), CommandId.All.ToHashSet());
    }

    [Fact]
    public void Every_condition_of_a_filter_has_an_option() =>
        Assert.All(Enum.GetNames<FilterField>(), field => Assert.NotNull(OptionId.Find(field)));

    [Theory]
    [InlineData("no mark")]
    [InlineData("")]
    public void A_text_without_marks_stays_as_it_is(string text) => Assert.Same(text, OptionText.Spell(text, Spelling));

    [Theory]
    [InlineData("⟨Bogus⟩", "\\u27e8Bogus\\u27e9")]
    [InlineData("⟨Source", "\\u27e8Source")]
    [InlineData("⟩⟨", "\\u27e9\\u27e8")]
    [InlineData("⟨⟨Force⟩", "\\u27e8/Force")]
    [InlineData("⟨command Bogus⟩", "\\u27e8command Bogus\\u27e9")]
    [InlineData("⟨Path a\u001b[2J⟩", "/Path=a\\u001b[2J")]
    [InlineData("\u001b ⟨Force⟩ \u202e", "\\u001b /Force \\u202e")]
    public void What_names_nothing_is_text_and_text_is_safe(string text, string spelt) =>
        Assert.Equal(spelt, OptionText.Spell(text, Spelling));

    [Fact]
    public void A_name_from_outside_cannot_forge_a_mark()
    {
        string forged = $"{OptionId.Force}";

        Assert.DoesNotContain(forged, SafeText.Escape($"a process named {forged}"), StringComparison.Ordinal);
        Assert.DoesNotContain(forged, ShellQuote.Word(forged), StringComparison.Ordinal);
        Assert.DoesNotContain(forged, PowerShellQuote.Word(forged), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_keeps_its_marks_and_nothing_else_that_is_unsafe()
    {
        var error = new OptionException($"\u001b{OptionId.Capacity} cannot be 0.", $"Give {OptionId.Capacity.With("1")}.");

        Assert.Equal("\\u001b⟨Capacity⟩ cannot be 0.", error.Message);
        Assert.Equal("Give /Capacity=1.", OptionText.Spell(error.Remedy!, Spelling));
    }

    [Fact]
    public void Marks_survive_a_file()
    {
        string path = Path.Combine(Path.GetTempPath(), $"dropmon-{Guid.NewGuid():N}.jsonl");
        try
        {
            using (AlertWriter writer = AlertFile.OpenWrite(path))
            {
                writer.WriteLedger(
                    new DropLedger { Received = 3, Delivered = 1, BufferLost = 2, Gaps = [$"\u001b {OptionId.Force} takes it over."] });
            }

            using AlertReader reader = AlertFile.OpenRead(path);
            Assert.Empty(reader.ReadAll());

            DropLedger ledger = reader.Ledger!.Spell(Spelling);
            Assert.Equal(["\\u001b /Force takes it over."], ledger.Gaps);
            Assert.Contains("a larger /Capacity helps", ledger.DescribeLoss(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static HashSet<T> Declared<T>() =>
        [
            .. typeof(T).GetProperties()
                .Where(property => property.PropertyType == typeof(T))
                .Select(property => (T)property.GetValue(null)!)
        ];
}
