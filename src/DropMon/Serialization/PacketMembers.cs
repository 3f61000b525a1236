using System.Management.Automation;
using DropMon.Packets;
using DropMon.Serialization;

namespace DropMon.Commands;

/// <summary>
/// The members of a packet that are objects themselves, for DropMon.Types.ps1xml. As .NET properties they would make ConvertTo-Json go too
/// deep.
/// </summary>
public static class PacketMembers
{
    /// <summary>The packet's bytes, as far as they came.</summary>
    public static object? GetBytes(PSObject packet) => ValueText.Of(Of(packet).Bytes.ToArray());

    /// <summary>The headers from the outermost on.</summary>
    public static object? GetLayers(PSObject packet) => ValueText.Of(TextObject.OfEach(Of(packet).Layers));

    /// <summary>The packet inside a tunnel; null without a known one.</summary>
    public static object? GetInner(PSObject packet) => TextObject.Of(Of(packet).Inner);

    /// <summary>The packet that an ICMP error quotes; null in other packets.</summary>
    public static object? GetQuoted(PSObject packet) => TextObject.Of(Of(packet).Quoted);

    private static Packet Of(PSObject packet) => (Packet)packet.BaseObject;
}
