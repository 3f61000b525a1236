namespace DropMon.Packets;

/// <summary>The one name of a packet's protocol: that of what IP carries, else that of what the link layer carries.</summary>
internal static class ProtocolName
{
    public static string? Of(ushort? etherType, byte? protocol) =>
        protocol is { } number ? IpProtocol.Name(number) : etherType is { } type ? EtherType.Name(type) : null;
}
