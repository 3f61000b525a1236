using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Netlink;

/// <summary>Receives the payload of one reply message.</summary>
/// <param name="type">The message type.</param>
/// <param name="payload">The bytes behind the netlink header, valid during the call.</param>
internal delegate void NetlinkReplyHandler(ushort type, ReadOnlySpan<byte> payload);

/// <summary>Sends requests and matches the replies to them: acknowledgements, errors with the kernel's text, dumps.</summary>
internal sealed class NetlinkConnection(INetlinkTransport transport) : IDisposable
{
    // Dump replies come in datagrams of at most 32 KiB (NLMSG_GOODSIZE and the reader's own offers).
    private const int BufferSize = 64 * 1024;

    private const ushort ErrorMessageAttribute = 1; // NLMSGERR_ATTR_MSG

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly object _gate = new();
    private uint _sequence;

    /// <summary>Opens a connection to one of the kernel's netlink protocols.</summary>
    public static NetlinkConnection Open(int protocol) => new(new NetlinkSocket(protocol));

    /// <summary>Sends a request that is answered by an acknowledgement only.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Execute(NetlinkRequest request) => Execute(request, static (_, _) => { });

    /// <summary>
    /// Sends a request and hands each reply to <paramref name="onReply"/> until the kernel says that it is done. May be called from any
    /// thread: a status is asked for while the source's thread counts its losses.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    /// <exception cref="NetlinkFormatException">The reply is malformed.</exception>
    public void Execute(NetlinkRequest request, NetlinkReplyHandler onReply)
    {
        lock (_gate)
        {
            ExecuteAlone(request, onReply);
        }
    }

    public void Dispose() => transport.Dispose();

    private void ExecuteAlone(NetlinkRequest request, NetlinkReplyHandler onReply)
    {
        uint sequence = ++_sequence;
        transport.Send(request.ToArray(sequence, transport.PortId));
        while (true)
        {
            int length = transport.Receive(_buffer);
            var reader = new NetlinkMessageReader(_buffer.AsSpan(0, length));
            while (reader.MoveNext())
            {
                // An older request's late answer, for instance after a handler threw.
                if (reader.Header.Sequence != sequence)
                {
                    continue;
                }

                switch (reader.Header.Type)
                {
                    case NetlinkHeader.NoOperation:
                        break;
                    case NetlinkHeader.Error:
                        ThrowUnlessAcknowledged(request, reader.Header, reader.Payload);
                        return;
                    case NetlinkHeader.Done:
                        ThrowIfDumpFailed(request, reader.Header, reader.Payload);
                        return;
                    case NetlinkHeader.Overrun:
                        throw new NetlinkFormatException($"{request.Description}: the kernel reports that replies were lost.");
                    default:
                        onReply(reader.Header.Type, reader.Payload);
                        break;
                }
            }

            if (reader.IsMalformed || length == 0)
            {
                throw new NetlinkFormatException(
                    $"{request.Description}: the kernel's reply of {length} bytes is not a sequence of netlink messages.");
            }
        }
    }

    private static void ThrowUnlessAcknowledged(NetlinkRequest request, NetlinkHeader header, ReadOnlySpan<byte> payload)
    {
        if (!MemoryMarshal.TryRead(payload, out int error) || payload.Length < sizeof(int) + NetlinkHeader.Size)
        {
            throw new NetlinkFormatException($"{request.Description}: the kernel's acknowledgement is too short.");
        }

        if (error == 0)
        {
            return;
        }

        // struct nlmsgerr: the error, then the header of the request, then its payload unless NLM_F_CAPPED, then attributes.
        ReadOnlySpan<byte> rest = payload[(sizeof(int) + NetlinkHeader.Size)..];
        if (!header.Flags.HasFlag(NetlinkFlags.Capped) && NetlinkHeader.TryRead(payload[sizeof(int)..], out NetlinkHeader original))
        {
            long skip = NetlinkHeader.Align((int)Math.Min(original.Length, int.MaxValue - 3)) - NetlinkHeader.Size;
            rest = skip >= 0 && skip <= rest.Length ? rest[(int)skip..] : default;
        }

        throw new NetlinkException(
            request.Description, -error, header.Flags.HasFlag(NetlinkFlags.AckAttributes) ? ReadKernelMessage(rest) : null);
    }

    private static void ThrowIfDumpFailed(NetlinkRequest request, NetlinkHeader header, ReadOnlySpan<byte> payload)
    {
        if (MemoryMarshal.TryRead(payload, out int error) && error < 0)
        {
            throw new NetlinkException(
                request.Description, -error, header.Flags.HasFlag(NetlinkFlags.AckAttributes)
                    ? ReadKernelMessage(payload[sizeof(int)..])
                    : null);
        }
    }

    private static string? ReadKernelMessage(ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            if (reader.Type == ErrorMessageAttribute)
            {
                return Encoding.UTF8.GetString(reader.ReadTextBytes());
            }
        }

        return null;
    }
}
