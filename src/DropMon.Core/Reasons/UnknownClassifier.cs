namespace DropMon.Reasons;

/// <summary>Knows nothing: for tests and for readers that want the kernel's words only.</summary>
internal sealed class UnknownClassifier : IDropClassifier
{
    public static UnknownClassifier Instance { get; } = new();

    public DropClassification Classify(string? reason, string? subsystem, string? function) => default;

    public DropClassification ClassifyTrap(string trap, string? group) => new(DropClass.Hardware, null, DropSignificance.Unknown, null);
}
