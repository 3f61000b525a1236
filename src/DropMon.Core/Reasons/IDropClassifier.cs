using DropMon.Reasons.Predicates;

namespace DropMon.Reasons;

/// <summary>What DropMon knows of a drop beyond what the kernel says.</summary>
/// <param name="Class">The part of the stack.</param>
/// <param name="Type">The MIB counter that the kernel increments there, in its own spelling; else the reason; null where neither is
/// known.</param>
/// <param name="Significance">Whether it matters.</param>
/// <param name="Explanation">One plain sentence; null where nothing is known.</param>
internal readonly record struct DropClassification(DropClass Class, string? Type, DropSignificance Significance, string? Explanation);

/// <summary>Maps a reason and a place to class, type, significance and explanation.</summary>
internal interface IDropClassifier
{
    /// <summary>Classifies a software drop by its place alone.</summary>
    /// <param name="reason">The kernel's name of the reason; null on kernels without reasons.</param>
    /// <param name="subsystem">Who defines the reason; null or <c>core</c> for the core ones.</param>
    /// <param name="function">The function that dropped the packet; null when unknown.</param>
    DropClassification Classify(string? reason, string? subsystem, string? function);

    /// <summary>Finds what a software drop may be on a kernel, where the packet or its device tell causes apart.</summary>
    DropVariants Find(string? reason, string? subsystem, string? function, KernelFacts kernel);

    /// <summary>Classifies a drop that a device reported through a devlink trap.</summary>
    /// <param name="trap">The trap's name, e.g. <c>source_mac_is_multicast</c>.</param>
    /// <param name="group">The trap's group, e.g. <c>l2_drops</c>.</param>
    DropClassification ClassifyTrap(string trap, string? group);
}
