using System.Globalization;
using DropMon.Netfilter;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>
/// Rules of nftables whose verdict is drop or reject, elements of verdict maps that drop, and chains whose policy is drop, where they count
/// just that. Rules that iptables-nft wrote are among them. Read by netlink, since the tool takes longer than all other sources together.
/// </summary>
internal sealed class NftablesSource(Func<INetfilterKernel> netfilter) : IDropCounterSource
{
    public string Name => "nftables";

    public IEnumerable<CounterReading> Read() => new NftRulesetReader(netfilter()).Read().Drops.Select(ReadingOf).OfType<CounterReading>();

    private static CounterReading? ReadingOf(NetfilterDrop drop)
    {
        string? name = drop.Kind switch
        {
            NetfilterDropKind.Drop => "drop",
            NetfilterDropKind.Reject => "reject",
            NetfilterDropKind.Policy => "policy_drop",
            _ => null, // a queue's program may let it pass
        };
        return name is null || drop.Packets is not { } packets ? null : new CounterReading(new CounterName("Nftables", name), packets)
        {
            Instance = SafeText.Escape(
                drop.Element is { } element ? string.Create(CultureInfo.InvariantCulture, $"{drop.Place}: {element}") : drop.Place),
        };
    }
}
