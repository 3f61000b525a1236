using DropMon.Native;

namespace DropMon.Tests.Native;

/// <summary>The column Drops of /proc/net/netlink.</summary>
public class NetlinkSocketDropsTests
{
    private const string Heading = "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode";

    [Fact]
    public void The_row_of_that_protocol_and_port_counts()
    {
        string[] lines = [Heading, "0000 16 77 00000010 0 0 0 2 5 1", "0000 0 4242 00000010 0 0 0 2 6 2", "0000 16 4242 00000010 0 0 0 2 4993 3"];

        Assert.Equal(4993, NetlinkSocketDrops.Find(lines, 16, 4242));
    }

    [Fact]
    public void A_socket_that_is_not_listed_has_no_count() => Assert.Null(NetlinkSocketDrops.Find([Heading], 16, 4242));

    [Fact]
    public void Rows_too_short_for_their_heading_are_passed_over() => Assert.Null(NetlinkSocketDrops.Find(["Drops Eth", "1 16", "", "5"], 16, 1));

    [Fact]
    public void A_table_without_the_column_has_no_count() => Assert.Null(NetlinkSocketDrops.Find(["sk Eth Pid", "0 16 4711"], 16, 4711));
}
