using System.Text.RegularExpressions;
using DropMon.Cli;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;
using DropMon.Text;

namespace DropMon.KernelTests.Scenarios;

/// <summary>
/// The executable <c>dropmon</c> on a wrong command line, and on an output that takes nothing: a line that says what is wrong, and an exit
/// code.
/// </summary>
public sealed partial class CommandLineScenarios(KernelUnderTest kernel)
{
    private static readonly string[] Commands = ["counters", "doctor", "watch", "top", "measure", "explain", "reasons"];

    [Theory]
    [InlineData("", "A command is missing. The commands are counters")]
    [InlineData("wach", "'wach' is not a command. The commands are counters")]
    [InlineData("watch extra", "dropmon watch takes no argument 'extra'.")]
    [InlineData("watch --duation", "dropmon watch has no option '--duation'. Did you mean --duration?")]
    [InlineData("watch --duration soon", "--duration takes a number of seconds above 0 and at most 100000000, not 'soon'.")]
    [InlineData("watch -d NaN", "not 'NaN'.")]
    [InlineData("watch -d 1e300", "not '1e300'.")]
    [InlineData("watch -d -1", "not '-1'.")]
    [InlineData("watch --count 0", "--count takes a whole number from 1 to 9223372036854775807, not '0'.")]
    [InlineData("watch --count 99999999999999999999", "not '99999999999999999999'.")]
    [InlineData("watch --queue-length many", "--queue-length takes a whole number from 1 to 2147483647, not 'many'.")]
    [InlineData("watch --source Bogus", "--source takes Auto, Ebpf, NetDm, Tracepoint, not 'Bogus'.")]
    [InlineData("watch --source 1", "--source takes Auto, Ebpf, NetDm, Tracepoint, not '1'.")]
    [InlineData("watch --significance Lost", "--significance takes Unknown, Loss, Suspicious, Expected, not 'Lost'.")]
    [InlineData("watch --class Upd", "--class takes patterns of Arp, ")]
    [InlineData("watch --source NetDm --stack-trace",
        "The drop monitor does not record stack traces.\nFix: Use --source Ebpf or Tracepoint, or leave out --stack-trace.")]
    [InlineData("watch --source Tracepoint --interface lo", "leave out --interface.")]
    [InlineData("top --interval 0", "--interval takes a number of seconds above 0 and at most 2000000, not '0'.")]
    [InlineData("top --by Function,Bogus", "--by takes Function, ")]
    [InlineData("measure --duration 1e7", "--duration takes a number of seconds above 0 and at most 2000000, not '1e7'.")]
    [InlineData("counters --delta x", "--delta takes a number of seconds above 0 and at most 2000000, not 'x'.")]
    [InlineData("counters --class Bogus", "--class takes patterns of Arp, ")]
    [InlineData("reasons --class Bogus", "--class takes Unknown, ")]
    [InlineData("explain", "'explain'")]
    public void A_wrong_command_line_is_answered_by_a_line_that_says_what_would_be_right_with_exit_code_2(string line, string answer)
    {
        using var dropmon = new DropmonProcess(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Empty(dropmon.ReadToEnd());
        Assert.Equal(2, dropmon.WaitForExit());
        Assert.Contains(answer, dropmon.Errors, StringComparison.Ordinal);
        Assert.StartsWith("dropmon: ", dropmon.Errors, StringComparison.Ordinal);
        Assert.Equal(2, dropmon.Errors.Trim().Split('\n').Length);
    }

    [Fact]
    public void What_is_written_for_the_engine_s_options_and_commands_exists()
    {
        HashSet<string> options = [.. Commands.SelectMany(command => Help(command))
            .SelectMany(line => OptionName().Matches(line).Select(match => match.Value))];
        var spelling = new CommandSpelling();

        Assert.Contains("--duration", options);
        Assert.All(OptionId.All.Where(option => CommandSpelling.NameOf(option) is not null),
            option => Assert.Contains(spelling.Spell(option, null), options));
        Assert.All(OptionId.All.Where(option => CommandSpelling.NameOf(option) is null),
            option => Assert.Equal($"the module's -{option.Name}", spelling.Spell(option, null)));
        foreach (string[] words in CommandId.All.Select(command => spelling.Spell(command).Split(' ')).Where(words => words[0] != "the"))
        {
            Assert.Equal("dropmon", words[0]);
            Assert.True(words.Length == 1 || Commands.Contains(words[1]), words[^1]);
            Assert.All(words.Skip(2), option => Assert.Contains(option, string.Join('\n', Help(words[1])), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("counters")]
    [InlineData("counters --json")]
    [InlineData("reasons")]
    [InlineData("explain NO_SOCKET --no-evidence")]
    [InlineData("--help")]
    public void A_full_disk_is_told_with_exit_code_1(string command)
    {
        using var shell = new ChildProcess("bash", ["-c", $"exec '{DropmonProcess.Executable}' {command} > /dev/full"],
            DropmonProcess.Runtime);

        Assert.Equal(1, shell.WaitForExit());
        Assert.Equal("dropmon: The output cannot be written: No space left on device", shell.Errors.Trim());
    }

    [Theory]
    [InlineData("counters")]
    [InlineData("reasons")]
    [InlineData("explain * --no-evidence")]
    public void A_reader_that_has_gone_is_no_failure(string command)
    {
        using var shell = new ChildProcess("bash",
            ["-c", $"set -f; {{ '{DropmonProcess.Executable}' {command}; echo \"exit code $?\" >&2; }} | true"], DropmonProcess.Runtime);

        shell.WaitForExit();
        Assert.Equal("exit code 0", shell.Errors.Trim());
    }

    [Theory]
    [InlineData("counters --name *")]
    [InlineData("watch --source Tracepoint --duration 0.1")]
    [InlineData("top --source Tracepoint --duration 0.1")]
    [InlineData("measure --source Tracepoint --duration 0.1")]
    public void A_terminal_that_knows_nothing_gets_plain_text_within_its_width(string command)
    {
        kernel.Require(KernelFeature.Tracepoint);
        using var terminal = new ChildProcess(
            "script",
            ["--quiet", "--flush", "--return", "--command",
                $"set -f; stty cols 40; exec '{DropmonProcess.Executable}' {command} 2>/dev/null", "/dev/null"],
            new Dictionary<string, string>(DropmonProcess.Runtime) { ["TERM"] = "dumb" });

        string[] lines = terminal.ReadToEnd();

        Assert.Equal(0, terminal.WaitForExit());
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.DoesNotContain('\u001b', line));
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Length, 0, 40));
    }

    private static string[] Help(string command)
    {
        using var dropmon = new DropmonProcess(command, "--help");
        string[] lines = dropmon.ReadToEnd();
        Assert.Equal(0, dropmon.WaitForExit());
        return lines;
    }

    [GeneratedRegex(@"(?<=[\s,]|^)--[a-z][a-z-]*")]
    private static partial Regex OptionName();
}
