using System.Globalization;

namespace DropMon.Native;

/// <summary>How many messages the kernel could not put into a netlink socket: the column Drops of /proc/net/netlink.</summary>
internal static class NetlinkSocketDrops
{
    private const int ProtocolColumn = 1;
    private const int PortColumn = 2;
    private const string Table = "/proc/thread-self/net/netlink";

    /// <summary>Reads the count; null where the socket is not listed.</summary>
    /// <param name="protocol">The netlink protocol, column Eth.</param>
    /// <param name="portId">The socket's port id, column Pid.</param>
    public static long? Read(int protocol, uint portId) => Find(File.ReadLines(Table), protocol, portId);

    internal static long? Find(IEnumerable<string> lines, int protocol, uint portId)
    {
        int drops = -1;
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (drops < 0)
            {
                drops = Array.IndexOf(fields, "Drops");
                if (drops < 0)
                {
                    return null;
                }
            }
            else if (fields.Length > Math.Max(drops, PortColumn)
                && int.TryParse(fields[ProtocolColumn], NumberStyles.None, CultureInfo.InvariantCulture, out int eth) && eth == protocol
                && uint.TryParse(fields[PortColumn], NumberStyles.None, CultureInfo.InvariantCulture, out uint port) && port == portId
                && long.TryParse(fields[drops], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            {
                return count;
            }
        }

        return null;
    }
}
