using System.Text.RegularExpressions;
using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

/// <summary>No kernel has a core reason that the knowledge file lacks. The lists are the kernels' own enumerations.</summary>
public class KernelCoverageTests
{
    /// <summary>A stable update brought it to 6.12 after the 6.18 whose list is here had been released.</summary>
    private static readonly (string, string) LateBackport = ("SKB_BAD_GSO", "6.18");

    [Theory]
    [InlineData("6.1", 65)]
    [InlineData("6.12", 102)]
    [InlineData("6.18", 126)]
    [InlineData("7.2", 124)]
    public void Every_core_reason_of_a_kernel_has_an_entry(string kernel, int reasons)
    {
        string[] names = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "Reasons", kernel + ".txt"));

        Assert.Equal(reasons, names.Length);
        AssertNoneMissing(names);
    }

    [Theory]
    [InlineData("6.1")]
    [InlineData("6.12")]
    [InlineData("6.18")]
    [InlineData("7.2")]
    public void An_entry_says_of_a_kernel_that_it_has_the_reason_exactly_if_it_has(string kernel)
    {
        HashSet<string> names = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "Reasons", kernel + ".txt"))];

        Assert.All(
            DropKnowledge.Embedded.Reasons.Where(
                reason => reason.Subsystem == KernelReasonTable.CoreSubsystem && (reason.Name, kernel) != LateBackport),
            reason => Assert.True(names.Contains(reason.Name) == Spans(reason.Kernels, kernel), $"{reason.Name}: {reason.Kernels}"));
    }

    [Fact]
    public void Every_core_reason_of_the_running_kernel_has_an_entry()
    {
        const string Format = "/sys/kernel/tracing/events/skb/kfree_skb/format";
        Assert.SkipUnless(File.Exists(Format), "tracefs is not mounted, or this user may not read it");

        string[] names =
        [
            .. Regex.Matches(File.ReadAllText(Format), "\\{ [0-9]+, \"([A-Za-z0-9_]+)\"").Select(match => match.Groups[1].Value)
        ];

        // SKB_DROP_REASON_MAX ends the enumeration; no packet is dropped for it.
        AssertNoneMissing(names.Where(name => name != "MAX"));
    }

    /// <summary>Subsystems included, as far as their modules are loaded; empty on kernels without reasons.</summary>
    [Fact]
    public void Every_reason_that_the_running_kernel_s_types_list_has_an_entry() =>
        Assert.All(
            RunningKernelReasons.OfThisMachine().Reasons,
            reason => Assert.True(DropKnowledge.Embedded.Contains(reason.Subsystem, reason.Name), $"{reason.Subsystem} {reason.Name}"));

    private static void AssertNoneMissing(IEnumerable<string> names) =>
        Assert.All(names, name => Assert.True(DropKnowledge.Embedded.Contains(KernelReasonTable.CoreSubsystem, name), name));

    private static bool Spans(string kernels, string kernel)
    {
        string[] ends = kernels.TrimEnd('+').Split('-');
        Version version = Version.Parse(kernel);
        return version >= Version.Parse(ends[0]) && (ends.Length == 1 ? kernels.EndsWith('+') : version <= Version.Parse(ends[1]));
    }
}
