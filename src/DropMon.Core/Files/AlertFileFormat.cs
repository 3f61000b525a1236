namespace DropMon.Files;

/// <summary>The kinds of file that hold alerts.</summary>
public enum AlertFileFormat
{
    /// <summary>By the file's extension when writing, by its first bytes when reading.</summary>
    Auto = 0,

    /// <summary>pcapng: packet bytes that Wireshark and tshark open, the whole alert beside each.</summary>
    Pcapng,

    /// <summary>JSON Lines: one alert a line.</summary>
    JsonLines,

    /// <summary>A capture of netlink messages, as dwdump and nlmon devices give them. Read only.</summary>
    Netlink,
}
