using System.Text.Json;
using System.Text.Json.Serialization;

namespace DropMon.Bench.Harness;

/// <summary>What a run measured, as a file.</summary>
internal sealed record ResultFile(MachineDescription Machine, IReadOnlyList<Measurement> Measurements)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public static ResultFile Read(string path) => JsonSerializer.Deserialize<ResultFile>(File.ReadAllText(path), Format)!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format));

    /// <summary>This and what another run measured; of what both did, this counts.</summary>
    public ResultFile With(ResultFile earlier) => this with
    {
        Measurements = [.. earlier.Measurements.Where(old => Measurements.All(m => m.Name != old.Name)), .. Measurements],
    };
}
