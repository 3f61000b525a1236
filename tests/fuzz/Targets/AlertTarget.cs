using DropMon.Sources.NetDm;

namespace DropMon.Fuzz.Targets;

/// <summary>The drop monitor's alerts of all forms, from datagram to alert.</summary>
internal sealed class AlertTarget : FuzzTarget
{
    private readonly CheckingConsumer _consumer = new("NetDm");

    public override string Name => "alerts";

    public override int Share => 90;

    public override int MaximumLength => 1024;

    public override IEnumerable<byte[]> Seeds => NetlinkSeeds.Alerts;

    // The table of sites doubles now and then, up to its bound.
    public override long MostAllocation(int inputLength) => 32 * 1024 * 1024;

    public override void Run(ReadOnlySpan<byte> input)
    {
        NetDmDatagramDecoder.Deliver(_consumer.Begin(input), NetlinkSeeds.FamilyId, _consumer, receivedAt: 1);
        _consumer.EndBatch();
    }
}
