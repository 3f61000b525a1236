using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>
/// All reasons that can be asked for: those of the knowledge file, whichever kernel has them, and those of the
/// running kernel that the file lacks, which have a name and nothing else.
/// </summary>
internal sealed class DropReasonCatalog(DropKnowledge knowledge, IRunningKernelReasons? running = null)
{
    /// <summary>What DropMon and the running kernel know.</summary>
    public static DropReasonCatalog OfThisMachine() => new(DropKnowledge.Embedded, RunningKernelReasons.OfThisMachine());

    /// <summary>Finds reasons.</summary>
    /// <param name="name">Only those of these names; null for all.</param>
    /// <param name="dropClass">Only those of this class; null for all.</param>
    /// <param name="subsystem">Only those that these subsystems define; null for all.</param>
    /// <returns>The reasons, the core ones in the order of the stack first.</returns>
    public IEnumerable<DropReasonInfo> Find(NamePattern? name = null, DropClass? dropClass = null, NamePattern? subsystem = null) =>
        All().Where(reason =>
            (name is null || name.Matches(reason.Name))
            && (subsystem is null || subsystem.Matches(reason.Subsystem))
            && (dropClass is null || reason.Class == dropClass));

    /// <summary>Finds what is known of a place that drops packets without a reason.</summary>
    /// <param name="name">A function, as a stack trace writes it (<c>nf_hook_slow+0xa5</c>), or a devlink trap.</param>
    /// <returns>What is known; null for a name that DropMon does not know.</returns>
    public DropReasonInfo? FindPlace(string name)
    {
        string function = name.Split('+')[0];
        return knowledge.FindFunction(function) is { } site ? Describe(function, site) : knowledge.FindTrap(name) is { } trap
            ? Describe(trap) : null;
    }

    /// <summary>
    /// What is known of a reason or place, as it is meant where an alert was raised: its site, and the cause that the alert names, have
    /// advice of their own.
    /// </summary>
    public DropReasonInfo Refine(DropReasonInfo known, DropAlert alert)
    {
        SiteKnowledge site = knowledge.FindSite(alert.Reason, alert.ReasonSubsystem, alert.Function).Explaining(alert.Explanation);
        return site.Meaning is null ? known : known with
        {
            Counter = [.. site.Counters.Select(counter => counter.ToString())],
            Causes = site.Causes.Count > 0 ? site.Causes : known.Causes,
            Confirm = site.Confirm ?? known.Confirm,
            Remedy = site.Remedy ?? known.Remedy,
        };
    }

    /// <inheritdoc cref="ReasonNames.Unknown"/>
    public ReasonException Unknown(string name) => new ReasonNames(knowledge, running).Unknown(name);

    private IEnumerable<DropReasonInfo> All()
    {
        HashSet<(string, string)>? present = running is { Reasons.Count: > 0 } kernel
            ? [.. kernel.Reasons.Select(reason => (reason.Subsystem, reason.Name))]
            : null;
        foreach (ReasonEntry entry in knowledge.Reasons)
        {
            yield return Describe(entry, present?.Contains((entry.Subsystem, entry.Name)));
        }

        foreach (KernelReason reason in running?.Reasons ?? [])
        {
            if (!knowledge.Contains(reason.Subsystem, reason.Name))
            {
                yield return new DropReasonInfo { Name = reason.Name, Subsystem = reason.Subsystem, InRunningKernel = true };
            }
        }
    }

    private static DropReasonInfo Describe(string function, SiteEntry site) => new()
    {
        Name = function,
        Subsystem = DropReasonInfo.FunctionSubsystem,
        Class = site.Class ?? DropClass.Unknown,
        Counter = [.. (site.Counters ?? []).Select(counter => counter.ToString())],
        Causes = site.Causes ?? [.. site.Variants.Select(variant => variant.Meaning).Distinct(StringComparer.Ordinal)],
        Confirm = site.Confirm,
        Remedy = site.Remedy,
        Significance = site.Significance ?? DropSignificance.Unknown,
        Meaning = site.Meaning,
        SourceReference = site.Source,
    };

    private static DropReasonInfo Describe(TrapEntry trap) => new()
    {
        Name = trap.Name,
        Subsystem = DropReasonInfo.TrapSubsystem,
        Class = trap.Class,
        Significance = trap.Significance,
        Meaning = trap.Meaning,
        SourceReference = trap.Source,
    };

    private static DropReasonInfo Describe(ReasonEntry entry, bool? inRunningKernel) => new()
    {
        Name = entry.Name,
        Subsystem = entry.Subsystem,
        Class = entry.Class,
        Counter = [.. entry.Counters.Select(counter => counter.ToString())],
        Significance = entry.Significance,
        Meaning = entry.Meaning,
        Causes = entry.Causes,
        Confirm = entry.Confirm,
        Remedy = entry.Remedy,
        Kernels = entry.Kernels,
        InRunningKernel = inRunningKernel,
        SourceReference = entry.Source,
    };
}
