namespace DropMon.Files.Pcap;

/// <summary>Numbers of the pcap format (IETF draft-ietf-opsawg-pcap).</summary>
internal static class PcapFormat
{
    public const uint MagicMicroseconds = 0xA1B2C3D4;
    public const uint MagicNanoseconds = 0xA1B23C4D;

    public const int FileHeaderSize = 24;
    public const int RecordHeaderSize = 16;

    /// <summary>A netlink datagram is far below; libpcap's own limit is 256 KiB.</summary>
    public const int MaxRecordLength = 1024 * 1024;
}
