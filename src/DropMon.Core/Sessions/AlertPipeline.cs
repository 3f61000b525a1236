using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>From raw drop to buffered alert, on the source's thread: ask the gate, build, hand over a batch at a time.</summary>
internal sealed class AlertPipeline(RawDropGate gate, DropAlertBuilder builder, AlertBuffer buffer) : IRawDropConsumer
{
    private readonly DropAlert[] _batch = new DropAlert[256];
    private int _batched;

    public void Consume(in RawDrop drop)
    {
        if (gate.Admit(in drop) is not { } site)
        {
            return;
        }

        _batch[_batched++] = builder.Build(in drop, site);
        if (_batched == _batch.Length)
        {
            HandOver();
        }
    }

    public void EndBatch()
    {
        HandOver();
        builder.Refresh();
    }

    public void NoteWarning() => buffer.Wake();

    public void Complete()
    {
        HandOver();
        buffer.Complete();
    }

    private void HandOver()
    {
        buffer.Append(_batch.AsSpan(0, _batched));
        Array.Clear(_batch, 0, _batched);
        _batched = 0;
    }
}
