using DropMon.Sources;

namespace DropMon.Sessions.Measurement;

/// <summary>Looks at the rate after each batch that another consumer has counted.</summary>
internal sealed class ThresholdConsumer(MeasuringConsumer consumer, RateThreshold threshold, Action reached) : IRawDropConsumer
{
    private long _seen;

    public void Consume(in RawDrop drop) => consumer.Consume(in drop);

    public void EndBatch()
    {
        consumer.EndBatch();
        long total = consumer.Total;
        threshold.Add(total - _seen, Environment.TickCount64);
        _seen = total;
        if (threshold.IsReached)
        {
            reached();
        }
    }
}
