namespace DropMon.Counters.Tables;

/// <summary>What the kernel answers to a question for a route.</summary>
/// <param name="Route">The route; null where there is none or the kernel did not say.</param>
/// <param name="IsMissing">Whether the kernel says that there is none, or one of the type unreachable. Other refusals say nothing of
/// routes.</param>
/// <param name="Problem">The kernel's words where there is no route; null where there is one.</param>
internal sealed record RouteReading(KernelRoute? Route, bool IsMissing, string? Problem);
