using DropMon.Sources.NetDm;

namespace DropMon.Tests.Sources.NetDm;

public sealed class NetDmTallyTests : IDisposable
{
    private readonly FakeDropMonitor _kernel = new() { Statistics = new NetDmStatistics(100, 10) };
    private readonly NetDmClient _client;
    private readonly NetDmTally _tally;

    public NetDmTallyTests()
    {
        _client = _kernel.Connect();
        _tally = new NetDmTally(_client);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void What_the_kernel_counted_before_the_source_opened_is_not_counted() => Assert.Equal(0, _tally.Read());

    [Fact]
    public void Tail_drops_of_software_and_hardware_queues_are_added()
    {
        _kernel.Statistics = new NetDmStatistics(103, 14);

        Assert.Equal(7, _tally.Read());
    }

    [Fact]
    public void An_unloaded_module_leaves_what_was_counted_last()
    {
        _kernel.Statistics = new NetDmStatistics(103, 10);
        _ = _tally.Read();

        _kernel.Unload();

        Assert.Equal(3, _tally.Read());
    }

    [Fact]
    public void A_module_that_cannot_be_loaded_again_is_an_error_that_says_how()
    {
        _kernel.Unload();

        var error = Assert.Throws<KernelFeatureMissingException>(() => _tally.LookForReload());

        Assert.Equal(("NetDmGone", "modprobe drop_monitor"), (error.ErrorId, error.Remedy));
    }

    [Fact]
    public void A_module_that_stayed_is_no_reload() => Assert.False(_tally.LookForReload());

    [Fact]
    public void The_count_goes_on_when_the_module_is_loaded_again()
    {
        _kernel.Statistics = new NetDmStatistics(103, 10);
        _ = _tally.Read();
        _kernel.Unload();
        _kernel.Load();

        Assert.True(_tally.LookForReload());
        _kernel.Statistics = new NetDmStatistics(2, 0);

        Assert.Equal(5, _tally.Read());
    }
}
