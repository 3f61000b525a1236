using System.Diagnostics;
using DropMon.Files;

namespace DropMon.Tests.Files;

public sealed class OneWriterTests : IDisposable
{
    private static readonly AlertWriteOptions Append = new() { Append = true };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    public static TheoryData<string, bool> ExtensionsAndAppend =>
        new() { { "jsonl", false }, { "jsonl", true }, { "pcapng", false }, { "pcapng", true } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ExtensionsAndAppend))]
    public void A_second_writer_is_refused_and_changes_nothing(string extension, bool append)
    {
        string path = _folder.File("a." + extension);
        using (AlertWriter first = AlertFile.OpenWrite(path))
        {
            first.Write(AlertSamples.Udp(0));
            first.Flush();

            var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(path, new AlertWriteOptions { Append = append }));

            Assert.Equal("CaptureInUse", error.ErrorId);
            Assert.Equal(DropMonErrorKind.Conflict, error.Kind);
            Assert.Contains(path, error.Remedy, StringComparison.Ordinal);
            first.Write(AlertSamples.Udp(1));
        }

        AlertAssert.Replay([AlertSamples.Udp(0), AlertSamples.Udp(1)], AlertFiles.Read(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void The_next_writer_may_come_when_the_first_has_gone(string extension)
    {
        string path = _folder.File("a." + extension);
        AlertFile.OpenWrite(path).Abandon();
        AlertFiles.Write(path, [AlertSamples.Udp(0)], Append);

        AlertFiles.Write(path, [AlertSamples.Udp(1)], Append);

        AlertAssert.Replay([AlertSamples.Udp(0), AlertSamples.Udp(1)], AlertFiles.Read(path));
    }

    [Fact]
    public void A_writer_by_another_name_of_the_file_is_refused_too()
    {
        string path = _folder.File("a.jsonl");
        string link = _folder.File("b.jsonl");
        using AlertWriter first = AlertFile.OpenWrite(path);
        File.CreateSymbolicLink(link, path);

        Assert.Equal("CaptureInUse", Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(link, Append)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_file_can_be_read_while_it_is_written(string extension)
    {
        string path = _folder.File("a." + extension);
        using AlertWriter writer = AlertFile.OpenWrite(path);
        writer.Write(AlertSamples.Udp(0));
        writer.Flush();
        AlertAssert.Replay([AlertSamples.Udp(0)], AlertFiles.Read(path));

        writer.Write(AlertSamples.Udp(1));
        writer.Flush();

        AlertAssert.Replay([AlertSamples.Udp(0), AlertSamples.Udp(1)], AlertFiles.Read(path));
        Assert.NotEmpty(File.ReadAllBytes(path));
    }

    [Fact]
    public void A_device_may_have_many_writers()
    {
        using AlertWriter first = AlertFile.OpenWrite("/dev/null", new AlertWriteOptions { Format = AlertFileFormat.JsonLines });
        using AlertWriter second = AlertFile.OpenWrite(
            "/dev/null", new AlertWriteOptions { Format = AlertFileFormat.JsonLines, Append = true });

        first.Write(AlertSamples.Bare());
        second.Write(AlertSamples.Bare());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pipe_can_be_written(bool append)
    {
        string pipe = _folder.File("pipe");
        using (Process make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, make.ExitCode);
        }

        Task<List<DropAlert>> reading = Task.Run(() => AlertFiles.Read(pipe), TestContext.Current.CancellationToken);
        AlertFiles.Write(pipe, [AlertSamples.Udp()], new AlertWriteOptions { Format = AlertFileFormat.JsonLines, Append = append });

        AlertAssert.Replay([AlertSamples.Udp()], await reading.WaitAsync(Waiting.Limit, TestContext.Current.CancellationToken));
    }
}
