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
        new("CounterUnknown", $"This machine has no counter '{SafeText.Escape(name)}'.", SimilarNames.Question(similar) ?? $"{CommandId.Counters} lists all.");

    internal static CounterException Absent(string name) =>
        new("CounterAbsent", $"This machine has no counter '{SafeText.Escape(name)}' now: its kernel lacks it, or nothing is there that it belongs to, such as a device, a socket or a rule.",
            $"{CommandId.Counters} lists all that are there.");

    internal static CounterException InterfaceUnknown(string name, IEnumerable<string> similar) =>
        new("CounterInterfaceUnknown", $"No counter belongs to an interface '{SafeText.Escape(name)}'.", SimilarNames.Question(similar) ?? "ip link lists the interfaces of this network namespace.");
}
