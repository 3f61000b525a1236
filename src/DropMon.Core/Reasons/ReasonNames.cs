using DropMon.Text;

namespace DropMon.Reasons;

/// <summary>The names of all reasons that can be asked for: those of the knowledge file and those of the running kernel.</summary>
internal sealed class ReasonNames(DropKnowledge knowledge, IRunningKernelReasons? running = null)
{
    /// <summary>What DropMon and the running kernel know.</summary>
    public static ReasonNames OfThisMachine() => new(DropKnowledge.Embedded, RunningKernelReasons.OfThisMachine());

    /// <summary>Makes sure that there is a reason of a name.</summary>
    /// <exception cref="ReasonException">Neither DropMon nor the running kernel knows any.</exception>
    public void RequireKnown(NamePattern name)
    {
        if (!All().Any(known => name.Matches(known)))
        {
            throw Unknown(name.Text);
        }
    }

    /// <summary>The error for a name that is unknown, with those that may be meant.</summary>
    public ReasonException Unknown(string name) => ReasonException.Unknown(name, SimilarNames.To(name, All()));

    private IEnumerable<string> All() => knowledge.Reasons.Select(entry => entry.Name)
        .Concat((running?.Reasons ?? []).Where(reason => !knowledge.Contains(reason.Subsystem, reason.Name)).Select(reason => reason.Name));
}
