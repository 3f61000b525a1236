namespace DropMon.Tests.Sources.Ebpf;

public sealed class BpfRingTests : IDisposable
{
    private const uint Busy = 1u << 31, Discarded = 1u << 30;

    private readonly MemoryBpfRing _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Records_come_in_the_order_of_writing()
    {
        _memory.Write([1, 2, 3]);
        _memory.Write([4]);

        Assert.Equal([[1, 2, 3], [4]], _memory.ReadAll());
    }

    [Fact]
    public void What_was_read_is_given_back_to_the_kernel()
    {
        _memory.Write([1, 2, 3]);
        _memory.ReadAll();

        Assert.Equal(_memory.Produced, _memory.Consumed);
    }

    [Fact]
    public void A_record_that_is_still_being_written_waits()
    {
        _memory.Write([1]);
        _memory.Write([2], Busy);

        Assert.Equal([[1]], _memory.ReadAll());
    }

    [Fact]
    public void While_a_record_is_being_written_the_ring_is_not_empty()
    {
        _memory.Write([2], Busy);
        _memory.ReadAll();

        Assert.True(_memory.Ring.HasRecords);
    }

    [Fact]
    public void A_discarded_record_is_passed_over()
    {
        _memory.Write([1], Discarded);
        _memory.Write([2]);

        Assert.Equal([[2]], _memory.ReadAll());
    }

    [Fact]
    public void A_record_across_the_end_comes_whole()
    {
        byte[] long1 = new byte[4000];
        _memory.Write(long1);
        _memory.ReadAll();
        byte[] across = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        _memory.Write(across);

        Assert.Equal([across], _memory.ReadAll());
    }

    [Fact]
    public void A_length_beyond_what_was_written_gives_up_what_is_there()
    {
        _memory.Write([1], length: 5000);
        _memory.Write([2]);

        Assert.Empty(_memory.ReadAll());
        Assert.Equal((1, _memory.Produced), (_memory.Ring.Corruptions, _memory.Consumed));
    }

    [Fact]
    public void A_position_beyond_the_ring_gives_up_what_is_there()
    {
        _memory.Write([1]);
        _memory.Produced += 1 << 20;

        Assert.Empty(_memory.ReadAll());
        Assert.Equal(1, _memory.Ring.Corruptions);
    }
}
