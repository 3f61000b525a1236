using System.Buffers.Binary;
using DropMon.Netlink;
using DropMon.Netlink.Generic;
using DropMon.Sources.NetDm;

namespace DropMon.Tests.Files;

/// <summary>Builds pcap files of netlink messages, and the messages in them.</summary>
internal sealed class NetlinkCaptureBuilder(uint magic = 0xa1b2c3d4, uint linkType = 253)
{
    public const ushort FamilyId = 0x1d;

    private readonly MemoryStream _file = Begin(magic, linkType);

    public byte[] ToArray() => _file.ToArray();

    /// <summary>Adds a record: the cooked header as dwdump and nlmon write it, then the messages.</summary>
    public NetlinkCaptureBuilder Add(uint seconds, uint fraction, ushort protocol, params byte[][] messages)
    {
        byte[] cooked = [0, 4, 0x03, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(protocol >> 8), (byte)protocol];
        byte[] packet = [.. cooked, .. messages.SelectMany(message => message)];
        return AddRaw(seconds, fraction, packet);
    }

    public NetlinkCaptureBuilder AddRaw(uint seconds, uint fraction, byte[] packet)
    {
        Write(_file, seconds, fraction, (uint)packet.Length, (uint)packet.Length);
        _file.Write(packet);
        return this;
    }

    /// <summary>What the controller answers about the drop monitor.</summary>
    public static byte[] Family(string name = "NET_DM", ushort id = FamilyId) =>
        Message(0x10, 1, request => request.Add(1, id).Add(2, name).Add(3, 2u));

    /// <summary>A packet alert of a software drop.</summary>
    public static byte[] PacketAlert(ulong nanoseconds, string symbol = "__udp4_lib_rcv+0x9a2/0xb10", byte[]? payload = null,
        ushort family = FamilyId)
    {
        byte[] port = Attribute(0, BitConverter.GetBytes(2u));
        return Message(family, NetDmCommand.PacketAlert, request =>
        {
            request.Add(NetDmAttribute.Origin, (ushort)0)
                .Add(NetDmAttribute.ProgramCounter, 0xffffffff81c0d9a2UL)
                .Add(NetDmAttribute.Symbol, symbol)
                .Add(NetDmAttribute.InPort, port)
                .Add(NetDmAttribute.Timestamp, nanoseconds)
                .Add(NetDmAttribute.Protocol, (ushort)0x0800)
                .Add(NetDmAttribute.Reason, "NO_SOCKET")
                .Add(NetDmAttribute.OriginalLength, 1500u);
            if (payload is not null)
            {
                request.Add(NetDmAttribute.Payload, payload);
            }
        });
    }

    /// <summary>A summary alert of software drops.</summary>
    public static byte[] SummaryAlert(params (ulong Address, uint Count)[] points)
    {
        byte[] value = new byte[4 + (points.Length * 12)];
        BinaryPrimitives.WriteInt32LittleEndian(value, points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value.AsSpan(4 + (i * 12)), points[i].Address);
            BinaryPrimitives.WriteUInt32LittleEndian(value.AsSpan(12 + (i * 12)), points[i].Count);
        }

        return Message(FamilyId, NetDmCommand.Alert, request => request.Add(0, value));
    }

    /// <summary>A message of some other generic netlink family.</summary>
    public static byte[] Other() => Message(0x19, 5, request => request.Add(1, "hello").Add(5, 7UL));

    private static byte[] Message(ushort type, byte command, Action<NetlinkRequest> addAttributes)
    {
        NetlinkRequest request = new NetlinkRequest(type, NetlinkFlags.None, "test").AddHeader(new GenericNetlinkHeader(command, 2));
        addAttributes(request);
        return request.ToArray(0, 0);
    }

    private static byte[] Attribute(ushort type, byte[] value)
    {
        byte[] attribute = new byte[4 + value.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)attribute.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), type);
        value.CopyTo(attribute, 4);
        return attribute;
    }

    private static MemoryStream Begin(uint magic, uint linkType)
    {
        var file = new MemoryStream();
        Write(file, magic, 0x00040002, 0, 0, 65535, linkType);
        return file;
    }

    private static void Write(MemoryStream file, params uint[] words)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (uint word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
            file.Write(bytes);
        }
    }
}
