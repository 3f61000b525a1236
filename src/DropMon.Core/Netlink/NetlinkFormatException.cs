namespace DropMon.Netlink;

/// <summary>A reply from the kernel is not what its format says it should be.</summary>
public sealed class NetlinkFormatException(string what)
    : DropMonException(
        "NetlinkReplyMalformed",
        DropMonErrorKind.InvalidData,
        what,
        "This kernel answers in a format that DropMon does not know: report it with the output of uname -r.");
