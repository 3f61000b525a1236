using DropMon.Files;

namespace DropMon.Tests.Files;

public sealed class AppendTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Appending_keeps_what_is_there(string extension)
    {
        string path = _folder.File("a." + extension);

        AlertFiles.Write(path, [AlertSamples.Full()]);
        AlertFiles.Write(path, [AlertSamples.Udp()], new AlertWriteOptions { Append = true });
        AlertFiles.Write(path, [AlertSamples.Bare()], new AlertWriteOptions { Append = true });

        AlertAssert.Replay([AlertSamples.Full(), AlertSamples.Udp(), AlertSamples.Bare()], AlertFiles.Read(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Appending_to_nothing_makes_a_new_file(string extension)
    {
        string path = _folder.File("a." + extension);

        AlertFiles.Write(path, [AlertSamples.Full()], new AlertWriteOptions { Append = true });

        AlertAssert.Replay([AlertSamples.Full()], AlertFiles.Read(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Writing_without_append_replaces(string extension)
    {
        string path = _folder.File("a." + extension);

        AlertFiles.Write(path, AlertSamples.Varied());
        AlertFiles.Write(path, [AlertSamples.Bare()]);

        AlertAssert.Replay([AlertSamples.Bare()], AlertFiles.Read(path));
    }

    [Fact]
    public void Appending_lines_behind_half_a_line_loses_only_that_half()
    {
        string path = _folder.File("a.jsonl");
        AlertFiles.Write(path, [AlertSamples.Udp(0), AlertSamples.Udp(1)]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);

        AlertFiles.Write(path, [AlertSamples.Udp(2)], new AlertWriteOptions { Append = true });

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path);
        AlertAssert.Replay([AlertSamples.Udp(0), AlertSamples.Udp(2)], alerts);
        Assert.Equal("CaptureInvalid", Assert.Single(errors).ErrorId);
    }

    [Fact]
    public void Appending_to_a_file_of_something_else_is_refused_and_leaves_it_alone()
    {
        string path = _folder.File("a.jsonl", "hello"u8.ToArray());

        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(path, new AlertWriteOptions { Append = true }));

        Assert.Equal("CaptureFormatUnknown", error.ErrorId);
        Assert.Equal("hello", File.ReadAllText(path));
    }

    [Fact]
    public void A_format_that_is_only_read_is_refused_before_the_file_is_touched()
    {
        string path = _folder.File("a.pcap", "hello"u8.ToArray());

        var error = Assert.Throws<CaptureException>(
            () => AlertFile.OpenWrite(path, new AlertWriteOptions { Format = AlertFileFormat.Netlink }));

        Assert.Equal("CaptureFormatReadOnly", error.ErrorId);
        Assert.Equal("hello", File.ReadAllText(path));
    }

    [Fact]
    public void NoClobber_refuses_a_file_that_exists_and_leaves_it_alone()
    {
        string path = _folder.File("a.jsonl", "hello"u8.ToArray());

        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(path, new AlertWriteOptions { NoClobber = true }));

        Assert.Equal("CaptureExists", error.ErrorId);
        Assert.Equal("hello", File.ReadAllText(path));
    }
}
