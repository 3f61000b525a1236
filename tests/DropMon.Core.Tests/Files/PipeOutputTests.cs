using System.Diagnostics;
using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>A pipe in the place of a file keeps its writer no longer than the writer wants to wait.</summary>
public sealed class PipeOutputTests : IDisposable
{
    private static readonly AlertWriteOptions Lines = new() { Format = AlertFileFormat.JsonLines };

    private readonly TemporaryFolder _folder = new();
    private readonly string _pipe;

    public PipeOutputTests()
    {
        _pipe = _folder.File("pipe");
        using Process make = Process.Start("mkfifo", _pipe);
        make.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pipe_without_a_reader_is_waited_for_until_the_wait_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => AlertFile.OpenWriteInterruptible(_pipe, Lines, stop.Token), TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => writing.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_reader_that_does_not_read_is_waited_for_until_the_wait_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using FileStream reader = new(_pipe, FileMode.Open, FileAccess.ReadWrite);
        AlertWriter writer = AlertFile.OpenWriteInterruptible(_pipe, Lines, stop.Token);
        var full = new TaskCompletionSource();
        var writing = Task.Run(
            () =>
            {
                for (int i = 0; ; i++)
                {
                    if (i == 1)
                    {
                        full.SetResult();
                    }

                    writer.Write(AlertSamples.Udp());
                }
            },
            TestContext.Current.CancellationToken);
        await full.Task.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => writing.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken));
        Assert.ThrowsAny<OperationCanceledException>(writer.Abandon);
    }

    [Fact]
    public void A_pipe_is_no_new_file()
    {
        AlertWriteOptions options = Lines with { NoClobber = true };

        var error = Assert.Throws<CaptureException>(
            () => AlertFile.OpenWriteInterruptible(_pipe, options, TestContext.Current.CancellationToken));

        Assert.Equal("CaptureExists", error.ErrorId);
    }
}
