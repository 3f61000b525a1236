using DropMon.Text;

namespace DropMon;

/// <summary>A counter that was asked for by name is not there.</summary>
public sealed class CounterException : DropMonException
{
    private CounterException(string errorId, string message, string remedy)
        : base(errorId, DropMonErrorKind.NotFound, message, remedy)
    {
    }

    internal static CounterException Unknown(string name, IEnumerable<string> similar) =>
        new(
            "CounterUnknown", $"This machine has no counter '{SafeText.Escape(name)}'.", SimilarNames.Question(similar)
                ?? $"{CommandId.Counters} lists all counters.");

    internal static CounterException Absent(string name) =>
        new(
            "CounterAbsent",
            $"This machine has no counter '{SafeText.Escape(name)}' now: the kernel lacks it, or the device, socket or rule that it " +
            "belongs to does not exist.",
            $"{CommandId.Counters} lists the counters that exist now.");

    internal static CounterException InterfaceUnknown(string name, IEnumerable<string> similar) =>
        new(
            "CounterInterfaceUnknown", $"No counter belongs to the interface '{SafeText.Escape(name)}'.", SimilarNames.Question(similar)
                ?? "ip link lists the interfaces of this network namespace.");
}
