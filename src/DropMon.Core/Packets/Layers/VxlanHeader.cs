using System.Text;

namespace DropMon.Packets;

/// <summary>A VXLAN header (RFC 7348, struct vxlanhdr).</summary>
public sealed class VxlanHeader : PacketLayer
{
    internal const int Length = 8;
    internal const string LayerName = "VXLAN";

    // IANA's port, and Linux's own from before there was one.
    private const int Port = 4789;
    private const int LinuxPort = 8472;

    internal VxlanHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The network identifier (VNI), 0 to 16777215.</summary>
    public int Vni => (int)(UInt32(4) >> 8);

    internal static bool IsPort(int port) => port is Port or LinuxPort;

    internal override void Describe(StringBuilder text) => text.Append("VXLAN vni ").Append(Vni);
}
