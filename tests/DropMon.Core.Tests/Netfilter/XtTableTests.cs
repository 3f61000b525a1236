using System.Runtime.InteropServices;
using DropMon.Netfilter;
using DropMon.Netlink;

namespace DropMon.Tests.Netfilter;

/// <summary>Tables of iptables-legacy as a real kernel gave them.</summary>
public sealed class XtTableTests
{
    [Fact]
    public void Rules_and_policies_that_drop_or_queue_are_read_with_their_counters() => Assert.Equal(
        [
            "rule 1 of iptables filter INPUT|-s 127.0.0.0/8 -i lo -p udp -m udp --dport 6040 -j DROP|1|old one",
            "chain iptables filter FORWARD|policy DROP|0|",
            "rule 1 of iptables filter mine|-p udp -m udp ! --sport 1:5 -j NFQUEUE --queue-balance 1:3 --queue-bypass|0|",
        ],
        Read(XtFamily.Ipv4).Select(drop => $"{drop.Place}|{drop.Text}|{drop.Packets}|{drop.Comment}"));

    [Fact]
    public void The_queues_of_a_rule_are_known() =>
        Assert.Equal(
            new NetfilterQueue(1, 3, Bypasses: true), Read(XtFamily.Ipv4).Single(drop => drop.Kind == NetfilterDropKind.Queue).Queue);

    [Fact]
    public void IPv6_has_entries_of_its_own_form() => Assert.Equal(
        ["rule 1 of ip6tables filter INPUT|Reject|-s fd00::/8 -p udp -j REJECT", "chain ip6tables filter OUTPUT|Policy|policy DROP"],
        Read(XtFamily.Ipv6).Select(drop => $"{drop.Place}|{drop.Kind}|{drop.Text}"));

    [Fact]
    public void A_counter_beyond_the_largest_number_stays_at_it()
    {
        XtTableBytes table = Table(XtFamily.Ipv4);
        MemoryMarshal.Write(table.Entries.AsSpan(XtFamily.Ipv4.Counters), ulong.MaxValue);

        Assert.Equal(long.MaxValue, XtTableReader.Read(XtFamily.Ipv4, "filter", table)[0].Packets);
    }

    [Fact]
    public void A_table_cut_anywhere_is_refused_or_read_as_less()
    {
        XtTableBytes whole = Table(XtFamily.Ipv4);
        for (int length = 0; length < whole.Entries.Length; length++)
        {
            try
            {
                Assert.InRange(XtTableReader.Read(XtFamily.Ipv4, "filter", whole with { Entries = whole.Entries[..length] }).Count, 0, 3);
            }
            catch (NetlinkFormatException error)
            {
                Assert.Contains("a format", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Throws<NetlinkFormatException>(() => XtTableReader.Read(XtFamily.Ipv4, "filter", whole with { Info = whole.Info[..40] }));
    }

    [Fact]
    public void An_entry_whose_sizes_do_not_fit_is_refused()
    {
        foreach (ushort size in new ushort[] { 0, 1, 112, 113, ushort.MaxValue })
        {
            XtTableBytes table = Table(XtFamily.Ipv4);
            MemoryMarshal.Write(table.Entries.AsSpan(XtFamily.Ipv4.TargetOffset + 2), size);

            Assert.Throws<NetlinkFormatException>(() => XtTableReader.Read(XtFamily.Ipv4, "filter", table));
        }
    }

    private static XtTableBytes Table(XtFamily family)
    {
        using ScriptedNetfilter kernel = ScriptedNetfilter.Recorded();
        return kernel.ReadTable(family, "filter")!;
    }

    private static IReadOnlyList<NetfilterDrop> Read(XtFamily family) => XtTableReader.Read(family, "filter", Table(family));
}
