using DropMon.Monitoring;

namespace DropMon.Tests.NetDm;

/// <summary>Makes alerts of what a decoder hands over, without looking anything up on this machine.</summary>
internal sealed class CollectingConsumer : IRawDropConsumer
{
    private readonly DropAlertBuilder _builder = new(DropSourceKind.Replay, DropMon.Capture.Pcap.ForeignKernel.Knowledge.Symbols, DropMon.Capture.Pcap.ForeignKernel.Knowledge.Lines, new RawDropNames(DropSourceKind.Replay));
    private readonly DropSiteTable _sites = new(
        DropMon.Capture.Pcap.ForeignKernel.Knowledge.Symbols,
        DropMon.Capture.Pcap.ForeignKernel.Knowledge.Lines,
        DropMon.Capture.Pcap.ForeignKernel.Knowledge.Classifier,
        null,
        DropFilter.None);

    public List<DropAlert> Alerts { get; } = [];

    public void Consume(in RawDrop drop) => Alerts.Add(_builder.Build(in drop, _sites.Find(in drop).Site));

    public void EndBatch()
    {
    }
}
