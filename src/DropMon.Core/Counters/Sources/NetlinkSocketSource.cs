using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Counters.Sources;

/// <summary>Netlink sockets with the messages that found no room: /proc/net/netlink.</summary>
internal sealed class NetlinkSocketSource(IMachine machine, SocketProcesses processes) : IDropCounterSource
{
    public string Name => "/proc/net/netlink";

    public IEnumerable<CounterReading> Read()
    {
        string[] lines = ProcNet.ReadLines(machine, $"{ProcNet.Folder}/netlink");
        string[] heads = ProcNet.Words(lines[0]);
        int protocol = Array.IndexOf(heads, "Eth");
        int port = Array.IndexOf(heads, "Pid");
        int queue = Array.IndexOf(heads, "Rmem");
        int drops = Array.IndexOf(heads, "Drops");
        int inode = Array.IndexOf(heads, "Inode");
        if (protocol < 0 || port < 0 || queue < 0 || drops < 0 || inode < 0)
        {
            throw CounterSourceException.Malformed(Name);
        }

        foreach (string line in lines.Skip(1))
        {
            string[] words = ProcNet.Words(line);
            if (words.Length <= Math.Max(drops, inode)
                || !ProcNet.TryParse(words[drops], out long value)
                || !int.TryParse(words[protocol], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || !ulong.TryParse(words[inode], NumberStyles.None, CultureInfo.InvariantCulture, out ulong node))
            {
                throw CounterSourceException.Malformed(Name);
            }

            var socket = new DropCounterSocket
            {
                Protocol = "netlink",
                LocalPort = number,
                PortId = ProcNet.TryParse(words[port], out long portId) ? portId : null,
                ReceiveQueue = ProcNet.TryParse(words[queue], out long queued) ? queued : null,
                Inode = node,
            };
            yield return new CounterReading(SocketMemory.Counter, value) { Socket = value > 0 ? processes.Name(socket) : socket };
        }
    }
}
