using System.Globalization;
using DropMon.Machine;

namespace DropMon.Netfilter;

/// <summary>A queue of NFQUEUE that a program listens to (a line of /proc/net/netfilter/nfnetlink_queue).</summary>
/// <param name="Number">Its number.</param>
/// <param name="PortId">The netlink port of the program's socket.</param>
/// <param name="Waiting">Packets that wait for a verdict.</param>
/// <param name="Full">Packets dropped because the queue was full.</param>
/// <param name="Unsent">Packets dropped because the program's socket did not take them.</param>
internal sealed record PacketQueue(int Number, uint PortId, long Waiting, long Full, long Unsent)
{
    public const string Path = "/proc/thread-self/net/netfilter/nfnetlink_queue";

    /// <summary>The queues of this thread's network namespace; empty where the kernel has none; null where they cannot be read.</summary>
    public static IReadOnlyList<PacketQueue>? Read(IMachine machine)
    {
        if (machine.ReadFile(Path) is not { } text)
        {
            // Without the module there is no queue either.
            return machine.ListDirectory("/proc/thread-self/net/netfilter").Contains("nfnetlink_queue") ? null : [];
        }

        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<PacketQueue>()];
    }

    // queue number, peer port id, waiting, copy mode, copy range, dropped by the queue, dropped at the socket, last id, 1
    private static PacketQueue? Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var port, var waiting, _, _, var full, var unsent, ..]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int queue)
        && uint.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out uint portId)
        && long.TryParse(waiting, NumberStyles.None, CultureInfo.InvariantCulture, out long held)
        && long.TryParse(full, NumberStyles.None, CultureInfo.InvariantCulture, out long dropped)
        && long.TryParse(unsent, NumberStyles.None, CultureInfo.InvariantCulture, out long refused)
            ? new PacketQueue(queue, portId, held, dropped, refused)
            : null;
}
