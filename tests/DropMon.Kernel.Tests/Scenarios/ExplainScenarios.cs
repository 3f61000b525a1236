using System.Text.Json;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The executable <c>dropmon explain</c> and <c>dropmon reasons</c>.</summary>
public sealed class ExplainScenarios
{
    [Fact]
    public void A_reason_is_explained_from_its_meaning_to_what_mends_it()
    {
        using var dropmon = new DropmonProcess("explain", "no_socket");
        string[] lines = dropmon.ReadToEnd();

        Assert.Equal(0, dropmon.WaitForExit());
        Assert.StartsWith("NO_SOCKET (", lines[0], StringComparison.Ordinal);
        Assert.Equal(["Causes", "On this machine", "Check it yourself", "Fix", "Kernels"],
            lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal) && !line.StartsWith("   ", StringComparison.Ordinal))
                .Select(line => line.Trim()).Where(line => !line.EndsWith('.')));
    }

    [Fact]
    public void A_reason_as_JSON_is_a_line_with_the_evidence_of_this_machine()
    {
        using var dropmon = new DropmonProcess("explain", "NETFILTER_DROP", "--json");

        using JsonDocument reason = JsonDocument.Parse(Assert.Single(dropmon.ReadToEnd()));
        Assert.Equal("NETFILTER_DROP", reason.RootElement.GetProperty("Name").GetString());
        Assert.NotEqual(0, reason.RootElement.GetProperty("Evidence").GetArrayLength());
        Assert.Equal(0, dropmon.WaitForExit());
    }

    [Fact]
    public void Nothing_is_looked_at_where_no_evidence_is_wanted()
    {
        using var dropmon = new DropmonProcess("explain", "NETFILTER_DROP", "--no-evidence");

        Assert.DoesNotContain("  On this machine", dropmon.ReadToEnd());
    }

    [Fact]
    public void A_function_that_drops_without_a_reason_is_explained_and_looked_into()
    {
        using var dropmon = new DropmonProcess("explain", "nf_hook_slow");
        string[] lines = dropmon.ReadToEnd();

        Assert.Equal(0, dropmon.WaitForExit());
        Assert.StartsWith("nf_hook_slow (function, Netfilter)", lines[0], StringComparison.Ordinal);
        Assert.Contains("  On this machine", lines);
    }

    [Fact]
    public void A_reason_that_nobody_knows_is_told_with_similar_ones_and_exit_code_1()
    {
        using var dropmon = new DropmonProcess("explain", "NO_SOKET");

        Assert.Empty(dropmon.ReadToEnd());
        Assert.Equal(1, dropmon.WaitForExit());
        Assert.Contains("'NO_SOKET'", dropmon.Errors, StringComparison.Ordinal);
        Assert.Contains("\nDid you mean NO_SOCKET?", dropmon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_no_reason_matches_writes_nothing_with_exit_code_1()
    {
        using var dropmon = new DropmonProcess("explain", "CHOCOLATE*");

        Assert.Empty(dropmon.ReadToEnd());
        Assert.Equal(1, dropmon.WaitForExit());
    }

    [Fact]
    public void The_reasons_are_listed_a_line_each()
    {
        using var dropmon = new DropmonProcess("reasons");
        string[] lines = dropmon.ReadToEnd();

        Assert.Equal(0, dropmon.WaitForExit());
        Assert.Single(lines, line => line.StartsWith("NO_SOCKET ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("QDISC_DROP ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("reasons")]
    public void Help_fits_the_terminal(string command)
    {
        using var dropmon = new DropmonProcess(command, "--help");

        Assert.All(dropmon.ReadToEnd(), line => Assert.InRange(line.Length, 0, 120));
    }
}
