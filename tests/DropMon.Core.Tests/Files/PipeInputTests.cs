using System.Diagnostics;
using System.Text;
using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>A pipe in the place of a file keeps its reader no longer than he wants to wait.</summary>
public sealed class PipeInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _pipe;

    public PipeInputTests()
    {
        _pipe = _folder.File("pipe");
        using Process make = Process.Start("mkfifo", _pipe);
        make.WaitForExit();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pipe_without_a_writer_is_waited_for_until_the_wait_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        Task<AlertReader> reading = Sleeping(() => AlertFile.OpenInterruptible(_pipe, stop.Token));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => reading.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_writer_that_falls_silent_is_waited_for_until_the_wait_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using FileStream writer = new(_pipe, FileMode.Open, FileAccess.ReadWrite);
        await writer.WriteAsync("{\"Timestamp\":\"2025-11-24T03:46:50Z\"}\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        using AlertReader reader = AlertFile.OpenInterruptible(_pipe, stop.Token);
        Assert.True(reader.TryRead(out _));
        Task<bool> reading = Sleeping(() => reader.TryRead(out _));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => reading.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_writer_wrote_before_it_closed_is_read_to_the_end()
    {
        var writing = Task.Run(() => File.WriteAllText(
            _pipe, string.Concat(Enumerable.Repeat("{\"Timestamp\":\"2025-11-24T03:46:50Z\"}\n", 5000))),
                TestContext.Current.CancellationToken);
        using AlertReader reader = AlertFile.OpenInterruptible(_pipe, TestContext.Current.CancellationToken);

        Assert.Equal(5000, reader.ReadAll().Count());
        await writing.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("[{\"Timestamp\":\"2025-11-24T03:46:50Z\"}]")]
    [InlineData("\uFEFF\n [\n{}]")]
    [InlineData("[]")]
    public void A_JSON_array_is_refused_with_the_command_that_makes_lines_of_it(string text)
    {
        string path = _folder.File("it's.json", Encoding.UTF8.GetBytes(text));

        var error = Assert.Throws<CaptureException>(() => AlertFiles.Read(path));

        Assert.Equal("CaptureIsJsonArray", error.ErrorId);
        Assert.Contains("| ConvertFrom-Json | ⟨command Export⟩ ⟨LiteralPath ", error.Remedy);
        Assert.Contains("it''s.json", error.Remedy);
    }

    // Begins it on a thread of its own, and returns when the thread sleeps in the kernel: what is cancelled before is no wait.
    private static Task<T> Sleeping<T>(Func<T> wait)
    {
        var result = new TaskCompletionSource<T>();
        string name = $"w{Guid.NewGuid():N}"[..15];
        new Thread(() =>
        {
            try
            {
                result.SetResult(wait());
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        })
        { Name = name, IsBackground = true }.Start();
        Assert.True(SpinWait.SpinUntil(() => Directory.EnumerateDirectories("/proc/self/task").Any(IsAsleep), Waiting.Limit));
        return result.Task;

        bool IsAsleep(string thread)
        {
            try
            {
                return File.ReadAllText($"{thread}/comm") == $"{name}\n"
                    && File.ReadAllText($"{thread}/wchan").Contains("poll", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                // It has just ended.
                return false;
            }
        }
    }
}
