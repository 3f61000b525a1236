namespace DropMon.Tests.Reasons.Functions;

/// <summary>
/// The functions that have no entry on purpose, and why: <c>Golden/Functions/remaining.txt</c>, a line of reason above each group.
/// </summary>
internal sealed class RemainingFunctions
{
    private readonly Dictionary<(string Name, string Module), string> _why = [];

    public static RemainingFunctions Reviewed { get; } = Read(
        Path.Combine(AppContext.BaseDirectory, "Golden", "Functions", "remaining.txt"));

    public IReadOnlyCollection<(string Name, string Module)> All => _why.Keys;

    public bool Contains(DroppingFunction function) => _why.ContainsKey((function.Name, function.Module));

    public string Why(DroppingFunction function) => _why[(function.Name, function.Module)];

    private static RemainingFunctions Read(string file)
    {
        var remaining = new RemainingFunctions();
        string why = "";
        foreach (string line in File.ReadAllLines(file))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                why = line[2..];
                continue;
            }

            string[] fields = line.Split(' ');
            Assert.True(why.Length > 0 && fields.Length == 2, line);
            remaining._why.Add((fields[0], fields[1]), why);
        }

        return remaining;
    }
}
