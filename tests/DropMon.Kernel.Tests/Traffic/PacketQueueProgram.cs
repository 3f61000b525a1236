using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.KernelTests.Traffic;

/// <summary>
/// A program behind a queue of NFQUEUE, in the network namespace of the thread that makes it. It gives the verdicts that it is asked to
/// give, and no other.
/// </summary>
internal sealed class PacketQueueProgram : IDisposable
{
    private const ushort PacketMessage = 3 << 8; // NFNL_SUBSYS_QUEUE, NFQNL_MSG_PACKET
    private const ushort VerdictMessage = (3 << 8) | 1; // NFQNL_MSG_VERDICT
    private const ushort ConfigureMessage = (3 << 8) | 2; // NFQNL_MSG_CONFIG
    private const ushort PacketHeader = 1; // NFQA_PACKET_HDR
    private const ushort VerdictHeader = 2; // NFQA_VERDICT_HDR

    private readonly NetlinkSocket _socket = new(NetlinkSocket.Netfilter);
    private readonly ushort _queue;

    /// <param name="queue">The queue's number.</param>
    /// <param name="most">How many packets may wait for a verdict.</param>
    public PacketQueueProgram(ushort queue, uint most = 1024)
    {
        _queue = queue;

        // Not disposed: the socket outlives it.
        var connection = new NetlinkConnection(_socket);
        connection.Execute(Request(ConfigureMessage).Add(1, (ReadOnlySpan<byte>)[1, 0, 0, 2])); // NFQA_CFG_CMD: NFQNL_CFG_CMD_BIND, AF_INET
        // NFQA_CFG_PARAMS: 128 bytes, NFQNL_COPY_PACKET
        connection.Execute(Request(ConfigureMessage).Add(2, (ReadOnlySpan<byte>)[0, 0, 0, 128, 2]));
        connection.Execute(Request(ConfigureMessage).Add(3, Big(most))); // NFQA_CFG_QUEUE_MAXLEN
    }

    /// <summary>Takes packets out of the queue and drops them.</summary>
    public void Drop(int count)
    {
        byte[] buffer = new byte[1 << 16];
        while (count > 0)
        {
            var reader = new NetlinkMessageReader(buffer.AsSpan(0, _socket.Receive(buffer)));
            while (reader.MoveNext())
            {
                if (reader.Header.Type == PacketMessage)
                {
                    // NF_DROP
                    _socket.Send(Request(VerdictMessage).Add(VerdictHeader, (ReadOnlySpan<byte>)[0, 0, 0, 0, .. Id(reader.Payload)])
                        .ToArray(0, _socket.PortId));
                    count--;
                }
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Id(ReadOnlySpan<byte> payload)
    {
        var reader = new AttributeReader(payload[4..]);
        while (reader.MoveNext())
        {
            if (reader.Type == PacketHeader)
            {
                return reader.Value[..4].ToArray();
            }
        }

        throw new InvalidDataException("A queued packet has no header.");
    }

    // struct nfgenmsg, whose res_id is the queue.
    private NetlinkRequest Request(ushort type) =>
        new NetlinkRequest(type, NetlinkFlags.None, "Listening to a queue").AddHeader(BinaryPrimitives.ReverseEndianness((uint)_queue));

    private static byte[] Big(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
