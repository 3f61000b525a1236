using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Netlink;

/// <summary>Builds one request: header, the family's own header, attributes.</summary>
internal sealed class NetlinkRequest
{
    private readonly ArrayBufferWriter<byte> _body = new(128);

    /// <param name="type">The message type: for generic netlink the family's id.</param>
    /// <param name="flags">Flags besides NLM_F_REQUEST and NLM_F_ACK.</param>
    /// <param name="description">What the request asks, for error messages.</param>
    public NetlinkRequest(ushort type, NetlinkFlags flags, string description)
    {
        Type = type;
        Flags = flags | NetlinkFlags.Request;
        Description = description;
    }

    public ushort Type { get; }

    public NetlinkFlags Flags { get; }

    public string Description { get; }

    /// <summary>Appends a fixed structure, such as the family's header, padded to four bytes.</summary>
    public NetlinkRequest AddHeader<T>(in T header)
        where T : unmanaged
    {
        AppendPadded(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in header)));
        return this;
    }

    public NetlinkRequest Add<T>(ushort attribute, T value)
        where T : unmanaged => Add(attribute, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>Adds a string with its terminating zero.</summary>
    public NetlinkRequest Add(ushort attribute, string value) => Add(attribute, (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(value + '\0'));

    /// <summary>Adds an attribute whose presence is its value (NLA_FLAG).</summary>
    public NetlinkRequest AddFlag(ushort attribute) => Add(attribute, ReadOnlySpan<byte>.Empty);

    public NetlinkRequest Add(ushort attribute, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[4];
        MemoryMarshal.Write(header, checked((ushort)(header.Length + value.Length)));
        MemoryMarshal.Write(header[2..], attribute);
        _body.Write(header);
        AppendPadded(value);
        return this;
    }

    /// <summary>The whole message in bytes.</summary>
    public byte[] ToArray(uint sequence, uint portId)
    {
        byte[] message = new byte[NetlinkHeader.Size + _body.WrittenCount];
        NetlinkFlags flags = (Flags & NetlinkFlags.Dump) == NetlinkFlags.Dump ? Flags : Flags | NetlinkFlags.Ack;
        new NetlinkHeader((uint)message.Length, Type, flags, sequence, portId).Write(message);
        _body.WrittenSpan.CopyTo(message.AsSpan(NetlinkHeader.Size));
        return message;
    }

    private void AppendPadded(ReadOnlySpan<byte> bytes)
    {
        _body.Write(bytes);
        int padding = NetlinkHeader.Align(bytes.Length) - bytes.Length;
        _body.GetSpan(padding + 1)[..padding].Clear();
        _body.Advance(padding);
    }
}
