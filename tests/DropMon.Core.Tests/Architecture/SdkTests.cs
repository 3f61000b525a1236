using System.Text.Json;
using System.Text.RegularExpressions;

namespace DropMon.Tests.Architecture;

/// <summary>A machine with only the SDK that README names builds and tests: global.json asks for no later one.</summary>
public sealed partial class SdkTests
{
    [Fact]
    public void ReadmeAndGlobalJsonNameTheSameSdk()
    {
        using JsonDocument global = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "global.json")));
        Version wanted = Version.Parse(global.RootElement.GetProperty("sdk").GetProperty("version").GetString()!);

        Assert.Equal((Stated("README.md"), 0, 100), (wanted.Major, wanted.Minor, wanted.Build));
    }

    private static int Stated(string file) =>
        int.Parse(
            Sdk().Match(File.ReadAllText(Path.Combine(SourceTree.Root, file))).Groups["major"].Value,
            System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\.NET SDK \((?<major>\d+) or later\)")]
    private static partial Regex Sdk();
}
