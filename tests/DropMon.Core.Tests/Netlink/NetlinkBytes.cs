using System.Text;
using DropMon.Netlink;

namespace DropMon.Tests.Netlink;

/// <summary>Netlink messages written by hand.</summary>
internal static class NetlinkBytes
{
    public static byte[] Message(ushort type, byte[] payload, NetlinkFlags flags = NetlinkFlags.None, uint sequence = 1, uint port = 0)
    {
        byte[] message = new byte[NetlinkHeader.Align(NetlinkHeader.Size + payload.Length)];
        new NetlinkHeader((uint)(NetlinkHeader.Size + payload.Length), type, flags, sequence, port).Write(message);
        payload.CopyTo(message, NetlinkHeader.Size);
        return message;
    }

    public static byte[] Generic(ushort family, byte command, params byte[][] attributes) =>
        Message(family, [command, 2, 0, 0, .. attributes.SelectMany(bytes => bytes)]);

    public static byte[] Attribute(ushort type, params byte[][] values)
    {
        byte[] value = [.. values.SelectMany(bytes => bytes)];
        byte[] attribute = new byte[NetlinkHeader.Align(4 + value.Length)];
        BitConverter.TryWriteBytes(attribute, (ushort)(4 + value.Length));
        BitConverter.TryWriteBytes(attribute.AsSpan(2), type);
        value.CopyTo(attribute, 4);
        return attribute;
    }

    public static byte[] ZeroTerminated(string text) => Encoding.UTF8.GetBytes(text + '\0');

    public static byte[] Number(byte value) => [value];

    public static byte[] Number(ushort value) => BitConverter.GetBytes(value);

    public static byte[] Number(uint value) => BitConverter.GetBytes(value);

    public static byte[] Number(ulong value) => BitConverter.GetBytes(value);

    /// <summary>NLMSG_ERROR as the kernel answers: capped, with its own words where it has some.</summary>
    public static byte[] Acknowledgement(byte[] request, int error = 0, string? words = null)
    {
        byte[] payload = [.. BitConverter.GetBytes(-error), .. request[..NetlinkHeader.Size]];
        NetlinkHeader.TryRead(request, out NetlinkHeader header);
        return words is null
            ? Message(NetlinkHeader.Error, payload, NetlinkFlags.Capped, header.Sequence)
            : Message(
                NetlinkHeader.Error, [.. payload, .. Attribute(1, ZeroTerminated(words))], NetlinkFlags.Capped | NetlinkFlags.AckAttributes,
                header.Sequence);
    }
}
