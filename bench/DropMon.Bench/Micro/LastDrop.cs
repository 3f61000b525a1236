using DropMon.Sources;

namespace DropMon.Bench.Micro;

/// <summary>Looks at each drop as little as a consumer can.</summary>
internal sealed class LastDrop : IRawDropConsumer
{
    public ulong Address { get; private set; }

    public int PayloadLength { get; private set; }

    public void Consume(in RawDrop drop)
    {
        Address = drop.Address;
        PayloadLength = drop.Payload.Length;
    }

    public void EndBatch()
    {
    }

    public void Complete()
    {
    }
}
