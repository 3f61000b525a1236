using DropMon.Reasons.Predicates;

namespace DropMon.Reasons;

/// <summary>Turns one object of the knowledge file into an entry.</summary>
internal static class KnowledgeReader
{
    public static ReasonEntry ReadReason(ReadOnlySpan<byte> json)
    {
        EntryFields fields = EntryFields.Read(json);
        return new ReasonEntry
        {
            Name = fields.Required("name"),
            Subsystem = fields.Required("subsystem"),
            Class = fields.Class() ?? DropClass.Unknown,
            Significance = fields.Significance() ?? DropSignificance.Unknown,
            Type = fields.Optional("type"),
            Counters = fields.Counters("counters") ?? [],
            PossibleCounters = fields.Counters("possibleCounters") ?? [],
            Meaning = fields.Required("meaning"),
            Causes = fields.List("causes") ?? [],
            Confirm = fields.Optional("confirm"),
            Remedy = fields.Optional("remedy"),
            Kernels = fields.Required("kernels"),
            Source = fields.Required("source"),
            Sites = fields.Sites.ConvertAll(ReadSite),
            Variants = fields.Variants.ConvertAll(ReadVariant),
        };
    }

    public static SiteEntry ReadSite(ReadOnlySpan<byte> json) => ReadSite(EntryFields.Read(json));

    public static TrapEntry ReadTrap(ReadOnlySpan<byte> json)
    {
        EntryFields fields = EntryFields.Read(json);
        return new TrapEntry
        {
            Name = fields.Required("name"),
            Group = fields.Optional("group"),
            Class = fields.Class() ?? DropClass.Hardware,
            Significance = fields.Significance() ?? DropSignificance.Unknown,
            Meaning = fields.Required("meaning"),
            Source = fields.Required("source"),
        };
    }

    private static SiteEntry ReadSite(EntryFields fields) => new()
    {
        Functions = fields.List("functions") ?? [],
        Class = fields.Class(),
        Significance = fields.Significance(),
        Type = fields.Optional("type"),
        Counters = fields.Counters("counters"),
        PossibleCounters = fields.Counters("possibleCounters"),
        Meaning = fields.Optional("meaning"),
        Causes = fields.List("causes"),
        Confirm = fields.Optional("confirm"),
        Remedy = fields.Optional("remedy"),
        Source = fields.Required("source"),
        Variants = fields.Variants.ConvertAll(ReadVariant),
    };

    private static VariantEntry ReadVariant(EntryFields fields) => new()
    {
        When = (fields.List("when") ?? []).ConvertAll(DropPredicate.Parse),
        Class = fields.Class(),
        Significance = fields.Significance(),
        Type = fields.Optional("type"),
        Counters = fields.Counters("counters"),
        PossibleCounters = fields.Counters("possibleCounters"),
        Meaning = fields.Required("meaning"),
        Causes = fields.List("causes"),
        Confirm = fields.Optional("confirm"),
        Remedy = fields.Optional("remedy"),
    };
}
