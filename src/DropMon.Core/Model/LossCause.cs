using DropMon.Text;

namespace DropMon;

/// <summary>
/// Why alerts are lost. A source defines its own beside its code; these are the ones that ledgers and files have a property for.
/// </summary>
/// <param name="Id">A stable name for scripts and files.</param>
/// <param name="Description">Where they are lost, as the end of a sentence; null where only the name is known.</param>
/// <param name="Remedy">What helps, as the end of a sentence; null where nothing does.</param>
/// <param name="IsExact">Whether the count is exact.</param>
internal sealed record LossCause(string Id, string? Description, string? Remedy = null, bool IsExact = true)
{
    public static LossCause KernelQueue { get; } = new("KernelQueue", "in the kernel's queue", $"a larger {OptionId.QueueLength} helps");

    public static LossCause Socket { get; } =
        new("Socket", "at the netlink socket", $"a shorter {OptionId.TruncationLength} or a filter helps");

    public static LossCause Ring { get; } = new("Ring", "at a perf ring");

    public static LossCause Unrecorded { get; } = new(
        "Unrecorded", "counted by the kernel, which wrote no record of them", $"IdleCpuRecord in {CommandId.Doctor} says more");

    public static LossCause Buffer { get; } = new(
        "Buffer", "in DropMon's own buffer, because the pipeline was slower than the drops", $"a larger {OptionId.Capacity} helps");

    public static LossCause Overwritten { get; } =
        new("Overwritten", "overwritten by newer ones in the monitor's ring", $"a larger {OptionId.Capacity} keeps more");

    public static LossCause Malformed { get; } = new("Malformed", "because they could not be decoded");

    /// <summary>Those with a property of their own in <see cref="DropLedger"/>, in the order in which they are reported.</summary>
    public static IReadOnlyList<LossCause> WithProperty { get; } = [KernelQueue, Socket, Ring, Unrecorded, Buffer, Overwritten, Malformed];

    /// <summary>The cause of a name, as a file has it.</summary>
    public static LossCause Of(string id) => WithProperty.FirstOrDefault(cause => cause.Id == id) ?? new LossCause(id, null);
}
