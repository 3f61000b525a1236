using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>Rules and policies of iptables-legacy, ip6tables-legacy and arptables-legacy that drop or reject.</summary>
internal sealed class IptablesSource(IMachine machine, Func<INetfilterKernel> netfilter) : IDropCounterSource
{
    public string Name => "iptables";

    public IEnumerable<CounterReading> Read()
    {
        foreach (XtFamily family in XtFamily.All)
        {
            foreach (string table in
                XtTables.Names(machine, family) ?? throw CounterSourceException.Unreadable($"{ProcNet.Folder}/{family.NamesFile}"))
            {
                XtTableBytes? bytes = netfilter().ReadTable(family, table);
                foreach (NetfilterDrop drop in bytes is null ? [] : XtTableReader.Read(family, table, bytes))
                {
                    string? name = drop.Kind switch
                    {
                        NetfilterDropKind.Drop => "DROP",
                        NetfilterDropKind.Reject => "REJECT",
                        NetfilterDropKind.Policy => "policy_DROP",
                        _ => null, // a queue's program may let it pass
                    };
                    if (name is not null && drop.Packets is { } packets)
                    {
                        string place = drop.Kind == NetfilterDropKind.Policy ? drop.Place : $"{drop.Place}: {drop.Text}";
                        yield return new CounterReading(new CounterName("Iptables", name), packets) { Instance = SafeText.Escape(place) };
                    }
                }
            }
        }
    }
}
