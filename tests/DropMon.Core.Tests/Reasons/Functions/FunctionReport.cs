using System.Text;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Tests.Reasons.Functions;

/// <summary>
/// What the knowledge file says of the functions at which four kernels report drops, as docs/functions.md shows it for review.
/// </summary>
internal static class FunctionReport
{
    public static string Table()
    {
        var text = new StringBuilder(
            "| kernel | functions | explained | of these no packets | remaining |\n| --- | ---: | ---: | ---: | ---: |\n");
        foreach (string kernel in GoldenFiles.Kernels)
        {
            IReadOnlyList<DroppingFunction> functions = DroppingFunction.Of(kernel);
            List<SiteEntry> known =
            [
                .. functions.Select(function => DropKnowledge.Embedded.FindFunction(function.Name)).OfType<SiteEntry>()
            ];
            int messages = known.Count(site => site.Class == DropClass.Message);
            text.Append($"| {kernel} | {functions.Count} | {known.Count} | {messages} | {functions.Count - known.Count} |\n");
        }

        return text.ToString();
    }

    public static string Document() =>
        $"""
        # Functions at which kernels report drops

        `tests/vm/functions` makes these lists from the images and modules of Debian's cloud kernels: every function that calls, or ends in a jump to,
        one that raises the tracepoint `kfree_skb`. A function that ends in such a jump does not appear in a report; its caller does, and is listed.
        What a driver hands to `dev_kfree_skb_any` may be a drop or not, so that some listed functions of drivers never drop.
        The lists are in `tests/DropMon.Core.Tests/Golden/Functions`. A test writes this file, and fails if it or the knowledge file fall behind:
        `DROPMON_GOLDEN=$PWD/docs dotnet tests/DropMon.Core.Tests/bin/Debug/net*/DropMon.Core.Tests.dll -method '*.Write_the_report' -explicit only`

        {Table()}
        ## Remaining functions, by name

        {Remaining()}
        ## What each wildcard takes

        Names of entries that have a wildcard, and the functions of the four kernels that no exact name claims first.

        {Wildcards()}
        """;

    private static string Remaining()
    {
        var text = new StringBuilder();
        IEnumerable<DroppingFunction> open = Everywhere().Where(function => DropKnowledge.Embedded.FindFunction(function.Name) is null);
        foreach (IGrouping<string, DroppingFunction> group in
            open.GroupBy(RemainingFunctions.Reviewed.Why).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append($"{group.Key}\n\n");
            foreach (IGrouping<string, DroppingFunction> module in
                group.GroupBy(function => function.Module).OrderBy(module => module.Key, StringComparer.Ordinal))
            {
                text.Append($"- {module.Key}: {Names(module)}\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Wildcards()
    {
        var text = new StringBuilder("| name | functions |\n| --- | --- |\n");
        List<string> names = [.. DropKnowledge.Embedded.Functions.SelectMany(site => site.Functions)];
        HashSet<string> exact = [.. names.Where(name => !NamePattern.IsPattern(name))];
        ILookup<string, DroppingFunction> taken = Everywhere()
            .Where(function => !exact.Contains(function.Name))
            .ToLookup(function => names.Find(name => NamePattern.IsPattern(name) && NamePattern.Parse(name).Matches(function.Name)) ?? "");
        foreach (string pattern in names.Where(NamePattern.IsPattern).Order(StringComparer.Ordinal))
        {
            string functions = Names(taken[pattern]);
            text.Append($"| `{pattern}` | {(functions.Length > 0 ? functions : "none on these kernels")} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<DroppingFunction> Everywhere() =>
        GoldenFiles.Kernels.SelectMany(DroppingFunction.Of).DistinctBy(function => (function.Name, function.Module));

    private static string Names(IEnumerable<DroppingFunction> functions) =>
        string.Join(", ", functions.Select(function => function.Name).Distinct().Order(StringComparer.Ordinal).Select(name => $"`{name}`"));
}
