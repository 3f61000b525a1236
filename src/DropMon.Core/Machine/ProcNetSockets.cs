using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace DropMon.Machine;

/// <summary>Reads /proc/net/tcp, tcp6, udp, udp6, raw and raw6.</summary>
internal static class ProcNetSockets
{
    /// <summary>The sockets in the text of such a file.</summary>
    public static IEnumerable<InetSocket> Parse(string protocol, string text) =>
        text.Split('\n').Skip(1).Select(line => ParseLine(protocol, line)).OfType<InetSocket>();

    // sl local_address rem_address st tx_queue:rx_queue tr:when retrnsmt uid timeout inode ref pointer drops
    private static InetSocket? ParseLine(string protocol, string line)
    {
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 10
            || !TryParseEndPoint(fields[1], out IPAddress address, out int port)
            || !TryParseEndPoint(fields[2], out _, out int remotePort)
            || !TryParseHex(fields[3], out long state)
            || fields[4].Split(':') is not [_, string queued] || !TryParseHex(queued, out long receiveQueue)
            || !ulong.TryParse(fields[9], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
        {
            return null;
        }

        long? drops = !protocol.StartsWith("tcp", StringComparison.Ordinal)
            && fields.Length > 12
            && long.TryParse(fields[12], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count
            : null;
        return new InetSocket(protocol, address, port, remotePort, (int)state, receiveQueue, inode, drops);
    }

    /// <summary>The kernel prints an address as 32-bit words in the host's byte order, a port as a number.</summary>
    private static bool TryParseEndPoint(string text, out IPAddress address, out int port)
    {
        address = IPAddress.None;
        port = 0;
        if (text.Split(':') is not [string host, string service]
            || host.Length is not (8 or 32)
            || !TryParseHex(service, out long number))
        {
            return false;
        }

        byte[] bytes = new byte[host.Length / 2];
        for (int word = 0; word < bytes.Length; word += 4)
        {
            if (!uint.TryParse(host.AsSpan(word * 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
            {
                return false;
            }

            if (BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(word), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(word), value);
            }
        }

        address = new IPAddress(bytes);
        port = (int)number;
        return port is >= 0 and <= 65535;
    }

    private static bool TryParseHex(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
