using System.Globalization;

namespace DropMon.Native;

/// <summary>The netlink sockets of this network namespace: /proc/net/netlink.</summary>
internal static class NetlinkTable
{
    // Of this thread, since threads may have entered different namespaces.
    private const string Path = "/proc/thread-self/net/netlink";

    public static IEnumerable<NetlinkTableRow> Read() => Parse(File.ReadLines(Path));

    internal static IEnumerable<NetlinkTableRow> Parse(IEnumerable<string> lines)
    {
        int protocol = -1;
        int port = -1;
        int groups = -1;
        int drops = -1;
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (drops < 0)
            {
                protocol = Array.IndexOf(fields, "Eth");
                port = Array.IndexOf(fields, "Pid");
                groups = Array.IndexOf(fields, "Groups");
                drops = Array.IndexOf(fields, "Drops");
                if (Math.Min(Math.Min(protocol, port), Math.Min(groups, drops)) < 0)
                {
                    yield break;
                }
            }
            else if (fields.Length > Math.Max(Math.Max(protocol, port), Math.Max(groups, drops))
                && int.TryParse(fields[protocol], NumberStyles.None, CultureInfo.InvariantCulture, out int eth)
                && uint.TryParse(fields[port], NumberStyles.None, CultureInfo.InvariantCulture, out uint portId)
                && uint.TryParse(fields[groups], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint joined)
                && long.TryParse(fields[drops], NumberStyles.None, CultureInfo.InvariantCulture, out long lost))
            {
                yield return new NetlinkTableRow(eth, portId, joined, lost);
            }
        }
    }
}

/// <summary>One socket.</summary>
/// <param name="Protocol">The netlink protocol (column Eth).</param>
/// <param name="PortId">Its port id (column Pid).</param>
/// <param name="Groups">The multicast groups 1 to 32 that it has joined, a bit each.</param>
/// <param name="Drops">Messages that the kernel could not put into it.</param>
internal readonly record struct NetlinkTableRow(int Protocol, uint PortId, uint Groups, long Drops)
{
    private const int ListedGroups = 32;

    /// <summary>Whether it has joined a group; false also for groups beyond the table.</summary>
    public bool HasJoined(uint group) => group is > 0 and <= ListedGroups && (Groups & (1U << (int)(group - 1))) != 0;
}
