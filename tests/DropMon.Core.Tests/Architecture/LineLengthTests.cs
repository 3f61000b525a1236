namespace DropMon.Tests.Architecture;

/// <summary>Lines fit beside each other on a screen.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    // They quote other formats, whose lines are as long as they are.
    private static readonly string[] Quoting =
    [
        "DropMon.Core.Tests/Architecture/PublicApi.cs",
        "DropMon.Core.Tests/Architecture/SourceTree.cs",
        "DropMon.Core.Tests/Files/HostileSizeTests.cs",
        "DropMon.Core.Tests/Files/HostileTextTests.cs",
        "DropMon.Core.Tests/Files/JsonLinesTests.cs",
        "DropMon.Core.Tests/Files/JsonRecordReaderTests.cs",
        "DropMon.Core.Tests/Reasons/Functions/FunctionReport.cs",
        "DropMon.Core.Tests/Text/HostileRemedyTests.cs",
        "DropMon.Kernel.Tests/Scenarios/ModuleScenarios.cs",
        "fuzz/Targets/FilterTarget.cs",
        "fuzz/Targets/TracepointSeeds.cs",
    ];

    [Fact]
    public void NoLineOfTheProductIsLonger() => Assert.Empty(Longer(SourceTree.Product, []));

    [Fact]
    public void NoLineOfTheTestsIsLonger() => Assert.Empty(Longer(SourceTree.Tests, Quoting));

    [Fact]
    public void ALongLineIsFoundByItsNumber() =>
        Assert.Contains("Planted.cs:2", Longer(SourceTree.Product.With("Planted.cs", "\n" + new string('/', Most + 1)), []));

    private static IEnumerable<string> Longer(SourceTree tree, string[] except) =>
        from file in tree.Files
        where !except.Any(path => file.Key.StartsWith(path, StringComparison.Ordinal))
        from line in file.Value.Split('\n').Select((text, index) => (text.Length, Number: index + 1))
        where line.Length > Most
        select $"{file.Key}:{line.Number}";
}
