using System.Text.Json;

namespace DropMon.Reasons;

/// <summary>Turns one object of the knowledge file into an entry.</summary>
internal static class KnowledgeReader
{
    public static ReasonEntry ReadReason(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement reason = document.RootElement;
        return new ReasonEntry
        {
            Name = Required(reason, "name"),
            Subsystem = Required(reason, "subsystem"),
            Class = Enum.Parse<DropClass>(Required(reason, "class")),
            Significance = Enum.Parse<DropSignificance>(Required(reason, "significance")),
            Counters = Counters(reason, "counters") ?? [],
            PossibleCounters = Counters(reason, "possibleCounters") ?? [],
            Meaning = Required(reason, "meaning"),
            Causes = Strings(reason, "causes") ?? [],
            Confirm = Optional(reason, "confirm"),
            Remedy = Optional(reason, "remedy"),
            Kernels = Required(reason, "kernels"),
            Source = Required(reason, "source"),
            Sites = reason.TryGetProperty("sites", out JsonElement sites) ? [.. sites.EnumerateArray().Select(ReadSite)] : [],
        };
    }

    public static SiteEntry ReadSite(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return ReadSite(document.RootElement);
    }

    public static TrapEntry ReadTrap(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement trap = document.RootElement;
        return new TrapEntry
        {
            Name = Required(trap, "name"),
            Group = Optional(trap, "group"),
            Class = Enum.Parse<DropClass>(Required(trap, "class")),
            Significance = Enum.Parse<DropSignificance>(Required(trap, "significance")),
            Meaning = Required(trap, "meaning"),
            Source = Required(trap, "source"),
        };
    }

    private static SiteEntry ReadSite(JsonElement site) => new()
    {
        Functions = Strings(site, "functions") ?? throw Missing("functions"),
        Class = Optional(site, "class") is { } dropClass ? Enum.Parse<DropClass>(dropClass) : null,
        Significance = Optional(site, "significance") is { } significance ? Enum.Parse<DropSignificance>(significance) : null,
        Counters = Counters(site, "counters"),
        PossibleCounters = Counters(site, "possibleCounters"),
        Meaning = Optional(site, "meaning"),
        Source = Required(site, "source"),
    };

    private static CounterName[]? Counters(JsonElement element, string property) =>
        Strings(element, property) is { } names ? [.. names.Select(CounterName.Parse)] : null;

    private static string[]? Strings(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement array) ? [.. array.EnumerateArray().Select(item => item.GetString()!)] : null;

    private static string? Optional(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;

    private static string Required(JsonElement element, string property) => Optional(element, property) ?? throw Missing(property);

    private static JsonException Missing(string property) => new($"An entry of the knowledge file has no '{property}'.");
}
