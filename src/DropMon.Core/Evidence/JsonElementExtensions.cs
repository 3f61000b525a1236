using System.Text.Json;

namespace DropMon.Evidence;

/// <summary>Reads what tools print, where a property may be absent or of another kind.</summary>
internal static class JsonElementExtensions
{
    public static string? Text(this JsonElement element, string property) =>
        element.Property(property) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static long? Number(this JsonElement element, string property) =>
        element.Property(property) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : null;

    /// <summary>The property; null where the element is no object or has none of that name.</summary>
    public static JsonElement? Property(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value) ? value : null;

    /// <summary>The elements of an array; none where it is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
