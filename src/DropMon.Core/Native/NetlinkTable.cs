using System.Globalization;

namespace DropMon.Native;

/// <summary>
/// The netlink sockets of a network namespace: /proc/net/netlink. Kept open, it is that of the thread that opened it, and can be read when
/// no more descriptors are available.
/// </summary>
internal sealed class NetlinkTable : IDisposable
{
    // Of this thread, since threads may have entered different namespaces.
    private const string Path = "/proc/thread-self/net/netlink";

    private readonly FileStream _file = new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
    private readonly object _reading = new();

    /// <summary>The sockets of this moment.</summary>
    public IReadOnlyList<NetlinkTableRow> Read()
    {
        lock (_reading)
        {
            _file.Position = 0;
            using var text = new StreamReader(_file, leaveOpen: true);
            return [.. Parse(Lines(text))];
        }
    }

    public void Dispose() => _file.Dispose();

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

    private static IEnumerable<string> Lines(StreamReader text)
    {
        while (text.ReadLine() is { } line)
        {
            yield return line;
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
