using System.Globalization;
using System.Net;
using System.Text;

namespace DropMon.Packets;

/// <summary>An ARP message (RFC 826, struct arphdr).</summary>
public sealed class ArpMessage : PacketLayer
{
    internal const int FixedLength = 8;
    internal const string LayerName = "ARP";

    internal ArpMessage(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The kind of hardware address (ARPHRD_*); 1 is Ethernet.</summary>
    public int HardwareType => UInt16(0);

    /// <summary>The kind of network address, as an EtherType.</summary>
    public ushort ProtocolType => UInt16(2);

    /// <summary>The operation: 1 request, 2 reply.</summary>
    public int Operation => UInt16(6);

    /// <summary>The sender's hardware address; null where the bytes end before it.</summary>
    public string? SenderMac => Hardware(FixedLength);

    /// <summary>The sender's IPv4 address; null where it is of another kind or the bytes end before it.</summary>
    public IPAddress? SenderAddress => Protocol(FixedLength + HardwareSize);

    /// <summary>The target's hardware address.</summary>
    public string? TargetMac => Hardware(FixedLength + HardwareSize + ProtocolSize);

    /// <summary>The target's IPv4 address.</summary>
    public IPAddress? TargetAddress => Protocol(FixedLength + (2 * HardwareSize) + ProtocolSize);

    private int HardwareSize => Header[4];

    private int ProtocolSize => Header[5];

    internal static int MeasuredLength(ReadOnlySpan<byte> header) => FixedLength + (2 * (header[4] + header[5]));

    internal override void Describe(StringBuilder text)
    {
        text.Append("ARP, ");
        string sender = SenderAddress?.ToString() ?? "?";
        string target = TargetAddress?.ToString() ?? "?";
        switch (Operation)
        {
            case 1:
                text.Append("who has ").Append(target).Append(" tell ").Append(sender);
                break;
            case 2:
                text.Append(sender).Append(" is at ").Append(SenderMac ?? "?");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"operation {Operation} from {sender} to {target}");
                break;
        }
    }

    private string? Hardware(int offset) =>
        Part(offset, offset + HardwareSize) is { IsEmpty: false } bytes && bytes.Length == HardwareSize ? AddressText.Mac(bytes) : null;

    private IPAddress? Protocol(int offset) =>
        ProtocolType == EtherType.Ipv4 && ProtocolSize == 4 ? AddressText.Ip(Part(offset, offset + 4)) : null;
}
