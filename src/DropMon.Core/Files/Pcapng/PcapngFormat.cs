using System.Buffers.Binary;

namespace DropMon.Files.Pcapng;

/// <summary>
/// Numbers of the pcapng format (IETF draft-ietf-opsawg-pcapng), and how DropMon uses what the format leaves open.
/// </summary>
/// <remarks>
/// Each packet carries the whole alert as JSON, the same as in JSON Lines but for its time and bytes, in a custom option. Of the
/// places that the format offers, only the copyable custom options survive when Wireshark or editcap write the file
/// anew: options for local use are dropped. A custom option needs a private enterprise number. DropMon has none of its own and uses
/// 32473, which RFC 5612 reserves for documentation, so that no vendor's reader can be misled; what tells the option
/// apart is the text it begins with.
/// </remarks>
internal static class PcapngFormat
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint InterfaceDescription = 1;
    public const uint SimplePacket = 3;
    public const uint EnhancedPacket = 6;

    /// <summary>A block type for local use, which other readers skip. Holds a record that is not an alert, in JSON.</summary>
    public const uint DropMonRecord = 0x80440001;

    public const uint ByteOrderMagic = 0x1A2B3C4D;

    public const ushort OptionEnd = 0;
    public const ushort OptionComment = 1;
    public const ushort OptionSectionHardware = 2;
    public const ushort OptionSectionOs = 3;
    public const ushort OptionSectionApplication = 4;
    public const ushort OptionInterfaceName = 2;
    public const ushort OptionInterfaceTimestampResolution = 9;
    public const ushort OptionInterfaceTimestampOffset = 14;

    /// <summary>opt_custom with a UTF-8 string, to be copied when the file is rewritten.</summary>
    public const ushort OptionCustomText = 2988;

    /// <summary>RFC 5612: reserved for use in documentation.</summary>
    public const uint EnterpriseNumber = 32473;

    public const int MaxOptionLength = ushort.MaxValue;

    /// <summary>LINKTYPE_ETHERNET.</summary>
    public const ushort LinkEthernet = 1;

    /// <summary>LINKTYPE_RAW: IPv4 or IPv6 without a link-layer header.</summary>
    public const ushort LinkRaw = 101;

    /// <summary>LINKTYPE_USER0: for alerts without packet bytes, which any other type would make malformed packets of.</summary>
    public const ushort LinkNone = 147;

    /// <summary>LINKTYPE_NETLINK.</summary>
    public const ushort LinkNetlink = 253;

    /// <summary>A header, the body and the trailer: the smallest block, and what each block adds to its body.</summary>
    public const int BlockOverhead = 12;

    /// <summary>The fixed part of an enhanced packet block's body.</summary>
    public const int EnhancedPacketHeader = 20;

    /// <summary>The longest block that is read. Records that DropMon writes are shorter; jumbo packets of other tools fit.</summary>
    public const int MaxBlockLength = RecordOutput.MaxRecordSize + 1024 * 1024;

    /// <summary>What the custom option's text begins with.</summary>
    public static ReadOnlySpan<byte> AlertMark => "DropMon:"u8;

    public static int Padding(int length) => -length & 3;

    public static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public static long ReadInt64(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);
}
