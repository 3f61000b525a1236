namespace DropMon.Tests.Reasons.Functions;

/// <summary>A function at which a kernel reports drops, as <c>tests/vm/functions</c> read it from the kernel's image and modules.</summary>
/// <param name="Module"><c>vmlinux</c>, or the module's file.</param>
/// <param name="How"><c>direct</c>, <c>tail:</c> with the functions that end in a jump to the free, <c>jump</c>; see the script.</param>
internal sealed record DroppingFunction(string Name, string Module, string How)
{
    public static IReadOnlyList<DroppingFunction> Of(string kernel) => [.. Lines(kernel + ".txt").Select(Parse)];

    public override string ToString() => $"{Name} ({Module}, {How})";

    internal static IEnumerable<string> Lines(string file) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "Functions", file)).Where(line => !line.StartsWith('#'));

    private static DroppingFunction Parse(string line)
    {
        string[] fields = line.Split(' ', 3);
        return new DroppingFunction(fields[0], fields[1], fields[2]);
    }
}
