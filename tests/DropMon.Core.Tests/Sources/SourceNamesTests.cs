using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DropMon.Sources;

namespace DropMon.Tests.Sources;

/// <summary>Nothing but its own folder and the catalog knows a source.</summary>
public class SourceNamesTests
{
    // A capture holds the messages of the kernel's drop monitor, whatever source wrote it or will read it: their decoder lies with that
    // source.
    private const string CaptureFolder = "DropMon.Core/Files/Pcap/";
    private const string CatalogFile = "DropMon.Core/Sources/SourceCatalog.cs";

    [Fact]
    public void No_file_outside_of_a_source_s_folder_and_the_catalog_names_it()
    {
        string root = SourceRoot();
        string[] offenders =
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file))
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && file != CatalogFile)
                .SelectMany(file => Offences(file, File.ReadAllText(Path.Combine(root, file)))),
        ];

        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("using DropMon.Sources.NetDm;")]
    [InlineData("if (status.Source == \"Tracepoint\")")]
    [InlineData("source is NetDmSource")]
    [InlineData("new TracepointOptions()")]
    [InlineData("\"Use -Source NetDm.\"")]
    public void A_planted_name_is_found(string line) => Assert.NotEmpty(Offences("DropMon.Core/Sessions/X.cs", line));

    [Fact]
    public void A_source_may_name_itself_and_no_other()
    {
        Assert.Empty(Offences("DropMon.Core/Sources/NetDm/X.cs", "new NetDmSource()"));
        Assert.NotEmpty(Offences("DropMon.Core/Sources/NetDm/X.cs", "new TracepointSource()"));
    }

    private static IEnumerable<string> Offences(string file, string text) =>
        from source in SourceCatalog.Default.Sources
        where !file.StartsWith($"DropMon.Core/Sources/{source.Name}/", StringComparison.Ordinal)
        where !(file.StartsWith(CaptureFolder, StringComparison.Ordinal) && source.Name == "NetDm")
        from Match match in Pattern(source.Name).Matches(text)
        select $"{file}: {match.Value}";

    // Its namespace, its types, its name as text, and its name as the value of -Source.
    private static Regex Pattern(string name) =>
        new($"Sources\\.{name}\\b|\\b{name}(Source|Options|Descriptor)\\b|\"{name}\"|-Source {name}\\b|--source {name}\\b");

    private static string SourceRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "src"));
}
