using DropMon.Netfilter;
using DropMon.Netlink;
using DropMon.Tests.Netlink;

namespace DropMon.Tests.Netfilter;

/// <summary>Rules as a real kernel sent them.</summary>
public sealed class NftRulesetTests
{
    private readonly NftRuleset _rules = new NftRulesetReader(ScriptedNetfilter.Recorded()).Read();

    [Theory]
    [InlineData("rule 16 of inet filter input", "udp dport vmap { 5001 : drop, 5002 : accept }")]
    [InlineData("rule 17 of inet filter input", "udp dport vmap @vm")]
    [InlineData("rule 20 of inet filter input", "ip saddr . udp dport vmap { 127.0.0.1 . 6001 : drop }")]
    [InlineData("rule 21 of inet filter input", "iifname \"lo\" udp dport 6002 counter packets 1 drop")]
    [InlineData("rule 22 of inet filter input", "iifname \"eth*\" ct state invalid,new counter packets 0 drop")]
    [InlineData("rule 23 of inet filter input", "ip saddr @blocked counter name \"named1\" drop")]
    [InlineData("rule 25 of inet filter input", "udp dport 6004-6010 limit rate over 5/second counter packets 0 drop")]
    [InlineData("rule 26 of inet filter input", "ip daddr 127.0.0.0/8 meta mark & 0xff == 0x12 counter packets 0 drop")]
    [InlineData("rule 27 of inet filter input", "ip6 daddr ::1 udp dport 6020 counter packets 0 drop")]
    [InlineData("rule 28 of inet filter input", "icmp type 8 counter packets 0 drop")]
    [InlineData("rule 10 of inet filter inner", "ip6 saddr fd00::/8 tcp dport { 22, 80 } counter packets 0 reject")]
    [InlineData("rule 2 of ip filter INPUT", "udp dport 6030 counter packets 1 drop")]
    [InlineData("rule 3 of ip filter INPUT", "tcp dport 6031 -m conntrack (not decoded) counter packets 0 -j REJECT")]
    [InlineData("rule 4 of ip filter INPUT", "udp dport 6032 counter packets 1 -j NFQUEUE --queue-num 5")]
    public void A_rule_reads_as_nft_writes_it(string place, string text) => Assert.Equal(text, Single(place).Text);

    [Fact]
    public void A_counter_beyond_the_largest_number_stays_at_it() => Assert.Equal(
        long.MaxValue, NftCounter.Packets(new AttributeReader(NetlinkBytes.Attribute(2, NetlinkBytes.Number(ulong.MaxValue)))));

    [Fact]
    public void The_elements_of_a_verdict_map_that_drop_are_named() => Assert.Equal(
        ["invalid : drop", "5001 : drop", "7001 : drop", "100-200 : drop", "400-65535 : drop", "127.0.0.1 . 6001 : drop"],
        _rules.Drops.Select(drop => drop.Element).OfType<string>());

    [Theory]
    [InlineData("rule 17 of inet filter input", 1L)] // its element's own counter
    [InlineData("rule 16 of inet filter input", null)]
    [InlineData("rule 21 of inet filter input", 1L)]
    [InlineData("rule 23 of inet filter input", 0L)] // a named counter that no other rule has
    [InlineData("rule 24 of inet filter input", null)] // its counter stands in front of the match
    [InlineData("rule 11 of inet filter inner", null)]
    [InlineData("chain ip6 filter FORWARD", 0L)]
    [InlineData("chain inet filter input", null)]
    public void A_counter_is_a_witness_only_where_nothing_but_the_verdict_follows(string place, long? packets) =>
        Assert.Equal(packets, Single(place).Packets);

    [Fact]
    public void A_counter_in_front_of_a_match_is_known_as_one() => Assert.Equal(4, Single("rule 24 of inet filter input").PacketsBefore);

    [Fact]
    public void The_way_to_a_chain_that_drops_is_found_through_a_map() =>
        Assert.Equal(
            ["rule 17 of inet filter input: udp dport vmap @vm with { 7002 : jump inner }"],
            Single("rule 11 of inet filter inner").ReachedBy);

    [Theory]
    [InlineData("inet filter lonely")]
    [InlineData("ip sleepy i")]
    public void A_chain_where_no_packet_comes_is_known_as_one(string chain) =>
        Assert.False(Assert.Single(_rules.Drops, drop => drop.Chain == chain).IsReachable);

    [Theory]
    [InlineData("rule 10 of inet filter inner", "no ssh; $(evil)")]
    [InlineData("rule 2 of ip filter INPUT", "by nft")] // a match of iptables-nft
    public void A_comment_is_kept(string place, string comment) => Assert.Equal(comment, Single(place).Comment);

    [Fact]
    public void How_much_was_looked_at_is_known() => Assert.Equal((8, 22, 1), (_rules.Chains, _rules.Rules, _rules.Translations));

    [Fact]
    public void Messages_cut_anywhere_are_refused_or_read_as_less()
    {
        foreach (string line in
            File.ReadLines(GoldenFiles.PathOf("Netfilter", "rules-6.18.txt")).Where(line => line.Split(' ').Length == 3))
        {
            byte[] payload = Convert.FromHexString(line.Split(' ')[2]);
            for (int length = 0; length < payload.Length; length++)
            {
                byte[] cut = payload[..length];
                ScriptedNetfilter kernel = ScriptedNetfilter
                    .Recorded()
                    .Reply(0xa04, cut)
                    .Reply(0xa07, cut)
                    .Reply(0xa0a, cut)
                    .Reply(0xa13, cut)
                    .Reply(0xa01, cut);
                try
                {
                    _ = new NftRulesetReader(kernel).Read();
                }
                catch (NetlinkFormatException)
                {
                    Assert.True(length < NetfilterHeader.Size);
                }
            }
        }
    }

    private NetfilterDrop Single(string place) => _rules.Drops.First(drop => drop.Place == place);
}
