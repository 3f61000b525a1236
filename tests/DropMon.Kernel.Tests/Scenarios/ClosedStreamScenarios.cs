using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Scenarios;

/// <summary>Whoever starts dropmon may have closed its standard streams.</summary>
public class ClosedStreamScenarios
{
    public static TheoryData<string, int> Commands =>
        new() { { "reasons", 0 }, { "explain NO_SOCKET", 0 }, { "explain no-such-reason", 1 }, { "watch --duration 1", 0 },
            { "no-such-command", 2 } };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Without_standard_error_a_command_does_what_it_is_for(string command, int exitCode)
    {
        foreach (string closed in new[] { "2>&-", "<&- 2>&-" })
        {
            (int code, string output, _) = Run(command, closed);

            Assert.Equal(exitCode, code);
            Assert.Equal(exitCode == 0, output.Length > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Without_standard_output_a_command_fails_and_says_why(string command, int exitCode)
    {
        Assert.InRange(exitCode, 0, 2);
        (int code, _, string errors) = Run(command, ">&-");

        Assert.Equal(1, code);
        Assert.Contains("standard output is closed", errors);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Without_any_stream_a_command_fails(string command, int exitCode)
    {
        Assert.InRange(exitCode, 0, 2);
        foreach (string closed in new[] { "<&- >&- 2>&-", ">&- 2>&-" })
        {
            Assert.Equal(1, Run(command, closed).ExitCode);
        }
    }

    private static (int ExitCode, string Output, string Errors) Run(string command, string closed) =>
        ShellRun.Bash($"'{DropmonProcess.Executable}' {command} {closed}");
}
