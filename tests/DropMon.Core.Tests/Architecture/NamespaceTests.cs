namespace DropMon.Tests.Architecture;

/// <summary>A newcomer finds a type by its namespace.</summary>
public sealed class NamespaceTests
{
    [Fact]
    public void TheNamespaceOfInternalTypesIsTheirFolder() => Assert.Empty(Strays(SourceTree.Core));

    [Fact]
    public void AnInternalTypeInAnotherNamespaceIsFound() =>
        Assert.Contains(
            "Text/Planted.cs",
            Strays(SourceTree.Core.With("Text/Planted.cs", "namespace DropMon.Native;\n\ninternal static class Planted;\n")));

    // Public types keep the names that users, views and saved files know.
    private static IReadOnlyList<string> Strays(SourceTree tree) =>
    [
        .. tree.Files
            .Where(file => !SourceTree.IsPublic(file.Value) && SourceTree.Namespace(file.Value) is { } name && name != FolderName(file.Key))
            .Select(file => file.Key),
    ];

    // What Model holds is what users see: it is the root.
    private static string FolderName(string path) =>
        Path.GetDirectoryName(path)! is "Model" ? "DropMon" : "DropMon." + Path.GetDirectoryName(path)!.Replace('/', '.');
}
