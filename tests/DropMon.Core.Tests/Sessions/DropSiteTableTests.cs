using System.Globalization;
using System.Text;
using DropMon.Reasons;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Tests.Sessions;

public class DropSiteTableTests
{
    private readonly FakeKnowledge _knowledge = new();

    [Fact]
    public void A_place_is_looked_up_once()
    {
        DropSiteTable table = Table();

        DropSite first = Find(table, 0x10);
        Find(table, 0x20);

        Assert.Same(first, Find(table, 0x10));
        Assert.Equal(2, _knowledge.Asked);
    }

    [Fact]
    public void One_place_with_two_reasons_is_two_sites()
    {
        DropSiteTable table = Table();

        Assert.Equal(("NO_SOCKET", "UDP_CSUM"), (Find(table, 0x10, "NO_SOCKET").Reason, Find(table, 0x10, "UDP_CSUM").Reason));
    }

    [Fact]
    public void Numbers_are_named_by_the_running_kernel()
    {
        DropSiteTable table = Table(new KernelReasonTable(new Dictionary<uint, string> { [3] = "NO_SOCKET" }));
        var known = new RawDrop { Address = 0x10, HasReasonNumber = true, ReasonNumber = 3 };
        var unknown = new RawDrop { Address = 0x10, HasReasonNumber = true, ReasonNumber = uint.MaxValue };
        var none = new RawDrop { Address = 0x10 };

        Assert.Equal("NO_SOCKET", table.Find(in known).Site.Reason);
        Assert.Equal("0xffffffff", table.Find(in unknown).Site.Reason);
        Assert.Null(table.Find(in none).Site.Reason);
    }

    [Fact]
    public void Names_tell_their_subsystem() => Assert.Equal("openvswitch", Find(Table(), 0x10, "OVS_DROP_METER").ReasonSubsystem);

    [Fact]
    public void The_kernel_s_text_stands_in_for_a_symbol_that_is_not_to_be_had()
    {
        var drop = new RawDrop { Address = 0, Symbol = "udp_rcv+0x1f/0x80 [ipv6]"u8 };

        DropSite site = Table().Find(in drop).Site;

        Assert.Equal(("udp_rcv", 0x1ful, "ipv6"), (site.Function, site.Offset, site.Module));
    }

    [Fact]
    public void Sites_are_numbered_without_gaps_and_begin_anew_with_the_table()
    {
        DropSiteTable table = Table();
        Assert.Equal([(0, 0), (1, 0), (0, 0)], new ulong[] { 0x10, 0x20, 0x10 }.Select(address => Number(table, address)));

        for (ulong address = 1; Number(table, address).Epoch == 0; address++)
        {
            Assert.InRange(address, 1ul, 200_000ul);
        }

        Assert.Equal((1, 1), Number(table, 0x10));

        static (int Id, int Epoch) Number(DropSiteTable table, ulong address)
        {
            var drop = new RawDrop { Address = address };
            NumberedSite entry = table.Find(in drop);
            return (entry.Id, entry.Epoch);
        }
    }

    [Fact]
    public void A_hardware_drop_without_a_name_is_no_software_drop()
    {
        DropSiteTable table = Table();
        Find(table, 0);
        var drop = new RawDrop { Origin = DropOrigin.Hardware };

        Assert.NotNull(table.Find(in drop).Site.TrapName);
    }

    [Fact]
    public void A_flood_of_invented_names_never_gives_a_site_the_wrong_one()
    {
        DropSiteTable table = Table();
        for (int i = 0; i < 70_000; i++)
        {
            string name = i.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(name, Find(table, 0x10, name).Reason);
        }

        Assert.Equal("7", Find(table, 0x10, "7").Reason);
    }

    private DropSiteTable Table(KernelReasonTable? reasons = null) =>
        new(_knowledge, _knowledge, new DropClassifier(DropKnowledge.Embedded), reasons);

    private static DropSite Find(DropSiteTable table, ulong address, string reason = "")
    {
        var drop = new RawDrop { Address = address, ReasonName = Encoding.UTF8.GetBytes(reason) };
        return table.Find(in drop).Site;
    }
}
