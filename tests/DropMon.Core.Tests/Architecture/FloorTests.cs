namespace DropMon.Tests.Architecture;

/// <summary>The folders of Core are floors: a file uses what is on its own floor or below.</summary>
public sealed class FloorTests
{
    /// <summary>From the ground up.</summary>
    private static readonly string[] Floors =
    [
        "Text", "Errors", "Logging", "Native", "Machine", "Kernel", "Netlink", "Packets", "Netfilter", "Model", "Reasons", "Filters",
        "Sources", "Counters", "Evidence", "Reconciliation", "Sessions", "Preflight", "Files", "Terminal",
    ];

    [Fact]
    public void EachFolderIsAFloor() =>
        Assert.Equal(
            Floors.Order(),
            SourceTree.Core.Files.Keys.Select(SourceTree.FolderOf).Where(folder => folder != "Properties").Distinct().Order());

    [Fact]
    public void NoFileReachesUp() => Assert.Empty(ReachesUp(SourceTree.Core));

    [Theory]
    [
        InlineData(
            "Text/Planted.cs", "internal static class Planted { private static DropAlert? Alert => null; }",
            "Text/Planted.cs: DropAlert of Model")
    ]
    [InlineData("Sources/Planted.cs", "internal sealed class Planted(LinkProbe probe);", "Sources/Planted.cs: LinkProbe of Evidence")]
    [
        InlineData(
            "Model/Planted.cs", "internal record Planted { public string T => $\"{TopTable.Width}\"; }",
            "Model/Planted.cs: TopTable of Terminal")
    ]
    public void AFileThatReachesUpIsFound(string path, string text, string expected) =>
        Assert.Contains(expected, ReachesUp(SourceTree.Core.With(path, text)));

    [Theory]
    [InlineData("Terminal/Planted.cs", "internal static class Planted { private static DropAlert? Alert => null; }")]
    [
        InlineData(
            "Text/Planted.cs", "/// <see cref=\"DropAlert\"/>\ninternal static class Planted { private const string T = \"DropAlert\"; }")
    ]
    public void AFileThatReachesDownOrOnlySpeaksOfTheUpperFloorsIsFine(string path, string text) =>
        Assert.DoesNotContain(ReachesUp(SourceTree.Core.With(path, text)), found => found.StartsWith(path, StringComparison.Ordinal));

    private static IReadOnlyList<string> ReachesUp(SourceTree tree)
    {
        ILookup<string, int> floors = tree.Files
            .SelectMany(file => SourceTree.DeclaredTypes(file.Value).Select(type => (Type: type, Floor: FloorOf(file.Key))))
            .ToLookup(declared => declared.Type, declared => declared.Floor);
        return
        [
            .. from file in tree.Files
               let own = FloorOf(file.Key)
               where own >= 0
               from name in SourceTree.Identifiers(file.Value)
               where floors[name].Any() && floors[name].Min() > own
               select $"{file.Key}: {name} of {Floors[floors[name].Min()]}",
        ];
    }

    private static int FloorOf(string path) => Array.IndexOf(Floors, SourceTree.FolderOf(path));
}
