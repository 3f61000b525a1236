using System.Text.Json;

namespace DropMon.Tests;

/// <summary>Bytes that real kernels sent, by kernel.</summary>
internal static class GoldenFiles
{
    public static IReadOnlyList<string> Kernels { get; } = ["5.10", "6.1", "6.12", "7.2"];

    public static TheoryData<string> EachKernel => [.. Kernels];

    public static TheoryData<string, string> EachAlert =>
        new(Kernels.SelectMany(kernel =>
            new[] { "packet-ipv4", "packet-ipv6", "packet-truncated", "summary" }.Select(name => (kernel, name))));

    public static string PathOf(string kernel, string name) => Path.Combine(AppContext.BaseDirectory, "Golden", kernel, name);

    public static byte[] Bytes(string kernel, string name) => File.ReadAllBytes(PathOf(kernel, name + ".bin"));

    public static string Text(string kernel, string name) => File.ReadAllText(PathOf(kernel, name));

    /// <summary>What was known of a captured drop without any decoder.</summary>
    public static JsonElement Known(string kernel, string name) => JsonDocument.Parse(Text(kernel, name + ".json")).RootElement;
}
