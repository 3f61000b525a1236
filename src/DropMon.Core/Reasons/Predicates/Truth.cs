namespace DropMon.Reasons.Predicates;

/// <summary>
/// What can be said of a predicate: a packet without bytes, or a kernel without a list of reasons, answers neither yes nor no.
/// </summary>
internal enum Truth
{
    Unknown,
    No,
    Yes,
}

/// <summary>Answers from what is at hand.</summary>
internal static class TruthOf
{
    public static Truth Known(bool holds) => holds ? Truth.Yes : Truth.No;

    public static Truth Not(this Truth truth) => truth switch { Truth.Yes => Truth.No, Truth.No => Truth.Yes, _ => Truth.Unknown };

    /// <summary>Yes where one holds, no where none does, unknown where an unknown one may decide.</summary>
    public static Truth Or(this Truth truth, Truth other) =>
        truth == Truth.Yes || other == Truth.Yes ? Truth.Yes
        : truth == Truth.Unknown || other == Truth.Unknown ? Truth.Unknown
        : Truth.No;
}
