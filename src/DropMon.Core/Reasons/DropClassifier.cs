using DropMon.Reasons.Predicates;

namespace DropMon.Reasons;

/// <summary>
/// Classifies by the knowledge file. The reason decides, refined by the function where one reason means different things
/// at different places; without a reason the function decides; with a reason that is not known here, the function
/// still gives the class. It keeps nothing: callers keep the answer.
/// </summary>
internal sealed class DropClassifier(DropKnowledge knowledge) : IDropClassifier
{
    public DropClassification Classify(string? reason, string? subsystem, string? function) =>
        knowledge.FindSite(reason, subsystem, function).Classification;

    public DropVariants Find(string? reason, string? subsystem, string? function, KernelFacts kernel) =>
        DropVariants.On(kernel, knowledge.FindSite(reason, subsystem, function));

    public DropClassification ClassifyTrap(string trap, string? group) =>
        knowledge.FindTrap(trap) is { } entry
            ? new DropClassification(entry.Class, trap, entry.Significance, entry.Meaning)
            : new DropClassification(DropClass.Hardware, trap, DropSignificance.Unknown, null);
}
