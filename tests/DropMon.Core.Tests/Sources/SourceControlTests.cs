using DropMon.Native;
using DropMon.Sources;

namespace DropMon.Tests.Sources;

public sealed class SourceControlTests : IDisposable
{
    private readonly SourceControl _control = new();

    public void Dispose() => _control.Dispose();

    [Fact]
    public void A_flush_waits_until_the_source_has_answered()
    {
        var flush = Task.Run(() => _control.Flush(TimeSpan.FromSeconds(30)));
        Assert.True(new Poller(_control.FlushHandle).Wait(30_000));

        long asked = _control.BeginFlush();
        Assert.False(flush.IsCompleted);
        _control.EndFlush(asked);

        Assert.True(flush.Finish());
        Assert.False(new Poller(_control.FlushHandle).Wait(0));
    }

    [Fact]
    public void A_flush_asked_for_after_the_source_began_another_waits_for_the_next()
    {
        long earlier = _control.BeginFlush();
        var flush = Task.Run(() => _control.Flush(TimeSpan.FromSeconds(30)));
        Assert.True(new Poller(_control.FlushHandle).Wait(30_000));

        _control.EndFlush(earlier);
        Assert.False(flush.IsCompleted);
        _control.EndFlush(_control.BeginFlush());

        Assert.True(flush.Finish());
    }

    [Fact]
    public void A_flush_that_nobody_answers_ends_with_its_time() => Assert.False(_control.Flush(TimeSpan.FromMilliseconds(1)));

    [Fact]
    public void A_source_that_has_ended_keeps_nobody_waiting()
    {
        _control.End();

        Assert.True(_control.Flush(Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_stop_stays_raised()
    {
        _control.RequestStop();
        var poller = new Poller(_control.StopHandle, _control.FlushHandle);

        Assert.True(poller.Wait(0));
        Assert.True(poller.Wait(0));
        Assert.True(poller.IsReady(0));
        Assert.False(poller.IsReady(1));
    }
}
