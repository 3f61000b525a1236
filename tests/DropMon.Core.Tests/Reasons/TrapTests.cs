using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

/// <summary>Drops that devices report through devlink's generic traps.</summary>
public class TrapTests
{
    private readonly DropClassifier _classifier = new(DropKnowledge.Embedded);

    [Theory]
    [InlineData("blackhole_route", "l3_drops", DropClass.Ipv4)]
    [InlineData("ingress_vlan_filter", "l2_drops", DropClass.Bridge)]
    [InlineData("unresolved_neigh", "l3_exceptions", DropClass.Neighbour)]
    [InlineData("tail_drop", "buffer_drops", DropClass.Qdisc)]
    [InlineData("decap_error", "tunnel_drops", DropClass.Tunnel)]
    public void A_generic_trap_tells_its_part_of_the_stack(string trap, string group, DropClass expected) =>
        Assert.Equal(expected, _classifier.ClassifyTrap(trap, group).Class);

    [Fact]
    public void A_generic_trap_is_explained() => Assert.NotNull(_classifier.ClassifyTrap("tail_drop", "buffer_drops").Explanation);

    [Fact]
    public void A_traps_type_is_its_name() => Assert.Equal("tail_drop", _classifier.ClassifyTrap("tail_drop", "buffer_drops").Type);

    [Fact]
    public void A_drivers_own_trap_is_hardwares_and_unexplained()
    {
        DropClassification known = _classifier.ClassifyTrap("fid_miss", "l2_drops");

        Assert.Equal((DropClass.Hardware, "fid_miss", null), (known.Class, known.Type, known.Explanation));
    }

    [Theory]
    [InlineData("l2_drops", 8)]
    [InlineData("l3_drops", 12)]
    [InlineData("l3_exceptions", 7)]
    [InlineData("tunnel_drops", 2)]
    [InlineData("acl_drops", 2)]
    [InlineData("buffer_drops", 2)]
    [InlineData("parser_error_drops", 16)]
    public void Every_trap_of_a_generic_group_that_drops_is_known(string group, int traps) =>
        Assert.Equal(traps, DropKnowledge.Embedded.Traps.Count(trap => trap.Group == group));
}
