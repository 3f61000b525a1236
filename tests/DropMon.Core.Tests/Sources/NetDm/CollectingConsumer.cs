using DropMon.Files.Pcap;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>Makes alerts of what a decoder hands over, without looking anything up on this machine.</summary>
internal sealed class CollectingConsumer : IRawDropConsumer
{
    private readonly DropAlertBuilder _builder = new(
        DropSourceName.Replay, ForeignKernel.Knowledge.Symbols, ForeignKernel.Knowledge.Lines, new RawDropNames(DropSourceName.Replay));
    private readonly DropSiteTable _sites = new(
        ForeignKernel.Knowledge.Symbols,
        ForeignKernel.Knowledge.Lines,
        ForeignKernel.Knowledge.Classifier,
        null);

    public List<DropAlert> Alerts { get; } = [];

    public void Consume(in RawDrop drop) => Alerts.Add(_builder.Build(in drop, _sites.Find(in drop).Site));

    public void EndBatch()
    {
    }
}
