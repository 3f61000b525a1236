namespace DropMon.Tests.Sources.Tracepoint;

public sealed class PerfRingTests : IDisposable
{
    private readonly MemoryRing _memory = new();

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Records_come_in_order_and_their_room_is_given_back()
    {
        _memory.Write(9, Body(16, 1));
        _memory.Write(2, Body(8, 2));

        Assert.Equal([(9u, 16, 1), (2u, 8, 2)], _memory.ReadAll().Select(r => (r.Type, r.Body.Length, (int)r.Body[0])));
        Assert.Equal(_memory.Head, _memory.Tail);
        Assert.Empty(_memory.ReadAll());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public void A_record_that_wraps_is_put_together(int beforeTheEnd)
    {
        _memory.Head = _memory.Tail = (ulong)(4096 - beforeTheEnd);
        byte[] body = [.. Enumerable.Range(0, 48).Select(i => (byte)i)];

        _memory.Write(9, body);

        Assert.Equal(body, Assert.Single(_memory.ReadAll()).Body);
    }

    [Fact]
    public void Positions_that_have_grown_beyond_all_bounds_still_point_into_the_ring()
    {
        _memory.Head = _memory.Tail = ulong.MaxValue - 7;

        _memory.Write(9, Body(24, 5));

        Assert.Equal(5, Assert.Single(_memory.ReadAll()).Body[0]);
    }

    [Fact]
    public void A_full_ring_is_read_whole()
    {
        for (int i = 0; i < 4096 / 32; i++)
        {
            _memory.Write(9, Body(24, (byte)i));
        }

        Assert.Equal(128, _memory.ReadAll().Count);
        Assert.Equal(0, _memory.Ring.Corruptions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(4096)]
    public void A_length_that_makes_no_sense_gives_up_the_run_and_not_the_next(int length)
    {
        _memory.Write(9, Body(8, 1));
        _memory.Write(9, Body(8, 2), length);
        _memory.Write(9, Body(8, 3));

        Assert.Single(_memory.ReadAll());
        Assert.Equal(1, _memory.Ring.Corruptions);
        Assert.Equal(_memory.Head, _memory.Tail);

        _memory.Write(9, Body(8, 4));
        Assert.Equal(4, Assert.Single(_memory.ReadAll()).Body[0]);
    }

    [Theory]
    [InlineData(4097 + 7)]
    [InlineData(-8)]
    [InlineData(4)]
    public void A_head_that_cannot_be_gives_up_the_run(int beyondTheTail)
    {
        _memory.Tail = 64;
        _memory.Head = (ulong)(64 + beyondTheTail);

        Assert.Empty(_memory.ReadAll());
        Assert.Equal(1, _memory.Ring.Corruptions);
    }

    [Fact]
    public void A_tail_off_the_grid_gives_up_the_run()
    {
        _memory.Tail = 4092;
        _memory.Head = 4092 + 64;

        Assert.Empty(_memory.ReadAll());
        Assert.Equal(1, _memory.Ring.Corruptions);
    }

    [Fact]
    public void Room_is_worth_giving_back_once_an_eighth_of_the_ring_is_read()
    {
        _memory.Write(9, Body(248, 1));
        _memory.Write(9, Body(504, 2));
        _memory.Ring.Begin();

        _memory.Ring.TryRead(out _, out _);
        Assert.False(_memory.Ring.HoldsMuch);
        _memory.Ring.TryRead(out _, out _);
        Assert.True(_memory.Ring.HoldsMuch);
        _memory.Ring.Release();
        Assert.False(_memory.Ring.HoldsMuch);
    }

    [Fact]
    public void Discarding_leaves_nothing_to_read()
    {
        _memory.Write(9, Body(8, 1));

        _memory.Ring.Discard();

        Assert.Empty(_memory.ReadAll());
    }

    [Fact]
    public void No_contents_of_a_ring_raise_an_exception_or_loop_for_ever()
    {
        var random = new Random(20090317);
        byte[] noise = new byte[4096];
        for (int round = 0; round < 2000; round++)
        {
            random.NextBytes(noise);
            _memory.Head = _memory.Tail = (ulong)random.NextInt64() & ~7ul;
            _memory.Write(9, noise[..(4096 - 8)], random.Next(0, 65536));
            _memory.Head = _memory.Tail + (ulong)random.Next(0, 8192);

            Assert.True(_memory.ReadAll().Count <= 4096 / 8);
        }
    }

    private static byte[] Body(int length, byte first)
    {
        byte[] body = new byte[length];
        body[0] = first;
        return body;
    }
}
