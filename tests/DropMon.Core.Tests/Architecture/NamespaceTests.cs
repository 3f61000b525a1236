namespace DropMon.Tests.Architecture;

/// <summary>A newcomer finds a type by its namespace.</summary>
public sealed class NamespaceTests
{
    [Theory]
    [InlineData("DropMon.Core", "DropMon")]
    [InlineData("DropMon", "DropMon")]
    [InlineData("DropMon.Cli", "DropMon.Cli")]
    public void TheNamespaceOfInternalTypesIsTheirFolder(string project, string root) => Assert.Empty(Strays(SourceTree.Of(project), root));

    [Fact]
    public void AnInternalTypeInAnotherNamespaceIsFound() =>
        Assert.Contains(
            "Text/Planted.cs",
            Strays(SourceTree.Core.With("Text/Planted.cs", "namespace DropMon.Native;\n\ninternal static class Planted;\n"), "DropMon"));

    // Public types keep the names that users, views and saved files know.
    private static IReadOnlyList<string> Strays(SourceTree tree, string root) =>
    [
        .. tree.Files
            .Where(file => !SourceTree.IsPublic(file.Value) && SourceTree.Namespace(file.Value) is { } name
                && name != FolderName(file.Key, root))
            .Select(file => file.Key),
    ];

    // What Model holds is what users see: it is the root.
    private static string FolderName(string path, string root) =>
        Path.GetDirectoryName(path)! is "" or "Model" ? root : $"{root}.{Path.GetDirectoryName(path)!.Replace('/', '.')}";
}
