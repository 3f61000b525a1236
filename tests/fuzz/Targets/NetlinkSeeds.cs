using System.Buffers.Binary;
using DropMon.Netlink;
using DropMon.Netlink.Generic;
using DropMon.Sources.NetDm;
using DropMon.Tests.Files;
using DropMon.Tests.Packets;

namespace DropMon.Fuzz.Targets;

/// <summary>Messages as the kernel writes them.</summary>
internal static class NetlinkSeeds
{
    public const ushort FamilyId = NetlinkCaptureBuilder.FamilyId;

    public static IEnumerable<byte[]> All => [.. Alerts, .. Replies];

    public static IEnumerable<byte[]> Alerts =>
    [
        NetlinkCaptureBuilder.PacketAlert(1_700_000_000_123_456_789, payload: PacketSamples.Named("UDP").Bytes),
        NetlinkCaptureBuilder.PacketAlert(1, symbol: "br_handle_frame+0x1/0x2 [bridge]", payload: PacketSamples.Named("VXLAN").Bytes),
        NetlinkCaptureBuilder.PacketAlert(0),
        NetlinkCaptureBuilder.SummaryAlert((0xffffffff81c0d9a2, 3), (0xffffffffc0000010, 70000)),
        NetlinkCaptureBuilder.SummaryAlert(),
        HardwarePacket(),
        HardwareSummary(),
        [.. NetlinkCaptureBuilder.SummaryAlert((1, 1)), .. NetlinkCaptureBuilder.PacketAlert(7)],
        .. GoldenSeeds.Named("packet-*.bin").Concat(GoldenSeeds.Named("summary.bin")).Select(OfOurFamily),
    ];

    public static IEnumerable<byte[]> Replies =>
    [
        NetlinkCaptureBuilder.Family(),
        Message(
            0x10, 1, request =>
                request.Add(1, FamilyId)
                    .Add(2, "NET_DM")
                    .Add(3, 2u)
                    .Add(7, Nested(1, [.. Attribute(1, "events\0"u8), .. Attribute(2, [9, 0, 0, 0])]))),
        Message(
            FamilyId, NetDmCommand.Configuration, request =>
                request.Add(NetDmAttribute.AlertMode, (byte)1)
                    .Add(NetDmAttribute.TruncationLength, 256u)
                    .Add(NetDmAttribute.QueueLength, 1000u)),
        Message(
            FamilyId, NetDmCommand.Statistics, request =>
                request.Add(NetDmAttribute.Statistics, Attribute(0, BitConverter.GetBytes(12UL)))
                    .Add(NetDmAttribute.HardwareStatistics, Attribute(0, BitConverter.GetBytes(0UL)))),
        Acknowledgement(0, null),
        .. GoldenSeeds.Named("*-while-on.bin"), .. GoldenSeeds.Named("configuration.bin"), .. GoldenSeeds.Named("statistics.bin"),
        .. GoldenSeeds.Named("family.bin"),
        Acknowledgement(-16, "Cannot configure drop monitor during monitoring\0"),
    ];

    public static byte[] Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        byte[] attribute = new byte[4 + NetlinkHeader.Align(value.Length)];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    // Each boot gave the family another number.
    private static byte[] OfOurFamily(byte[] datagram)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(datagram.AsSpan(4), FamilyId);
        return datagram;
    }

    private static byte[] Nested(ushort type, byte[] attributes) => Attribute((ushort)(type | 0x8000), attributes);

    private static byte[] HardwarePacket() => Message(FamilyId, NetDmCommand.PacketAlert, request => request
        .Add(NetDmAttribute.Origin, (ushort)1)
        .Add(NetDmAttribute.TrapGroupName, "l2_drops")
        .Add(NetDmAttribute.TrapName, "ingress_vlan_filter")
        .Add(NetDmAttribute.InPort, (byte[])[.. Attribute(0, [3, 0, 0, 0]), .. Attribute(1, "eth0\0"u8)])
        .Add(NetDmAttribute.FlowActionCookie, (byte[])[1, 2, 3, 4])
        .Add(NetDmAttribute.Timestamp, 1_700_000_000_000_000_000UL)
        .Add(NetDmAttribute.Payload, PacketSamples.Named("stacked VLAN").Bytes));

    private static byte[] HardwareSummary()
    {
        byte[] entry = [.. Attribute(NetDmAttribute.TrapName, "blackhole_route\0"u8), .. Attribute(NetDmAttribute.TrapCount, [5, 0, 0, 0])];
        return Message(
            FamilyId, NetDmCommand.Alert, request =>
                request.Add(NetDmAttribute.HardwareEntries, Nested(NetDmAttribute.HardwareEntry, entry)));
    }

    private static byte[] Acknowledgement(int error, string? text)
    {
        byte[] original = Message(FamilyId, NetDmCommand.Start, request => request.AddFlag(NetDmAttribute.SoftwareDrops));
        byte[] body =
        [
            .. BitConverter.GetBytes(error), .. original[..NetlinkHeader.Size], .. text is null
                ? []
                : Attribute(1, System.Text.Encoding.ASCII.GetBytes(text))
        ];
        byte[] message = new byte[NetlinkHeader.Size + body.Length];
        new NetlinkHeader(
            (uint)message.Length, NetlinkHeader.Error, NetlinkFlags.Capped | (text is null ? 0 : NetlinkFlags.AckAttributes), 1,
            0).Write(message);
        body.CopyTo(message, NetlinkHeader.Size);
        return message;
    }

    private static byte[] Message(ushort type, byte command, Action<NetlinkRequest> addAttributes)
    {
        NetlinkRequest request = new NetlinkRequest(type, NetlinkFlags.None, "seed").AddHeader(new GenericNetlinkHeader(command, 2));
        addAttributes(request);
        return request.ToArray(1, 0);
    }
}
