namespace DropMon.Tests.Architecture;

/// <summary>Lines fit beside each other on a screen. What is not there yet is listed: the lists only get shorter.</summary>
public sealed class LineLengthTests
{
    private const int Most = 140;

    private static readonly string[] LongInProduct =
    [
        "DropMon.Core/Evidence/", "DropMon.Core/Files/", "DropMon.Core/Model/", "DropMon.Core/Sources/Ebpf/", "DropMon/Fleet/",
        "DropMon/Internal/", "DropMon/Parameters/", "DropMon/Serialization/",
    ];

    private static readonly string[] LongInTests =
    [
        "DropMon.Core.Tests/Evidence/", "DropMon.Core.Tests/Files/", "DropMon.Core.Tests/Filters/", "DropMon.Core.Tests/Kernel/Btf/",
        "DropMon.Core.Tests/Model/", "DropMon.Core.Tests/Sources/", "DropMon.Kernel.Tests/", "fuzz/Targets/",
        "DropMon.Core.Tests/Architecture/PublicApi", "DropMon.Core.Tests/Architecture/SourceTree.cs",
        "DropMon.Core.Tests/Counters/", "DropMon.Core.Tests/Machine/",
        "DropMon.Core.Tests/Reasons/Functions/FunctionReport.cs", "DropMon.Core.Tests/Reasons/Predicates/TransportCheckTests.cs",
        "DropMon.Core.Tests/Text/",
    ];

    [Fact]
    public void NoLineOfTheProductIsLonger() => Assert.Empty(Longer(SourceTree.Product, LongInProduct));

    [Fact]
    public void NoLineOfTheTestsIsLonger() => Assert.Empty(Longer(SourceTree.Tests, LongInTests));

    [Fact]
    public void ALongLineIsFoundByItsNumber() =>
        Assert.Contains("Planted.cs:2", Longer(SourceTree.Product.With("Planted.cs", "\n" + new string('/', Most + 1)), LongInProduct));

    private static IEnumerable<string> Longer(SourceTree tree, string[] except) =>
        from file in tree.Files
        where !except.Any(path => file.Key.StartsWith(path, StringComparison.Ordinal))
        from line in file.Value.Split('\n').Select((text, index) => (text.Length, Number: index + 1))
        where line.Length > Most
        select $"{file.Key}:{line.Number}";
}
