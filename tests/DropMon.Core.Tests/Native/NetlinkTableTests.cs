using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Tests.Native;

/// <summary>The table of netlink sockets, /proc/net/netlink.</summary>
public class NetlinkTableTests
{
    private const string Heading = "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode";

    [Fact]
    public void A_row_tells_protocol_port_groups_and_drops()
    {
        NetlinkTableRow row = Assert.Single(
            NetlinkTable.Parse([Heading, "00000000d0e1a5f3 16  4242    00000010 0        0        0     2        4993       20334"]));

        Assert.Equal(new NetlinkTableRow(16, 4242, 0x10, 4993), row);
        Assert.True(row.HasJoined(5));
        Assert.False(row.HasJoined(4));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(33u)]
    [InlineData(37u)]
    public void Groups_beyond_the_table_are_nobodys(uint group) =>
        Assert.False(new NetlinkTableRow(16, 1, 0x10, 0).HasJoined(group));

    [Fact]
    public void Rows_too_short_for_their_heading_are_passed_over() =>
        Assert.Empty(NetlinkTable.Parse([Heading, "1 16", "", "5"]));

    [Fact]
    public void A_table_without_the_columns_has_no_rows() =>
        Assert.Empty(NetlinkTable.Parse(["Drops Eth", "1 16 4242 0"]));

    [Fact]
    public void This_machines_table_can_be_read_again_and_again()
    {
        using var table = new NetlinkTable();
        Assert.Contains(table.Read(), row => row.PortId == 0);
        using var socket = new NetlinkEventSocket(NetlinkSocket.Route, 4096);

        Assert.Contains(table.Read(), row => row.PortId == socket.PortId);
    }
}
