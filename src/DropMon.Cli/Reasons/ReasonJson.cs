using System.Text.Json;
using System.Text.Json.Serialization;

namespace DropMon.Cli.Reasons;

/// <summary>Writes reasons as JSON Lines, with the property names of the objects.</summary>
internal static class ReasonJson
{
    public static byte[] Line(DropReasonInfo reason) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(reason, ReasonJsonContext.Default.DropReasonInfo), (byte)'\n'];
}

/// <summary>The writers, made at build time.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DropReasonInfo))]
internal sealed partial class ReasonJsonContext : JsonSerializerContext;
