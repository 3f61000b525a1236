using DropMon.Files;

namespace DropMon.Tests.Files;

public sealed class OverwritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Extensions))]
    public void What_a_file_held_stays_until_the_first_alert(string extension)
    {
        string path = Old(extension, out byte[] before);
        using AlertWriter writer = AlertFile.OpenWrite(path);
        Assert.Equal(before, File.ReadAllBytes(path));

        writer.Write(AlertSamples.Udp(7));
        writer.Flush();

        AlertAssert.Replay([AlertSamples.Udp(7)], AlertFiles.Read(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_reader_of_a_file_that_is_about_to_be_overwritten_is_told_so(string extension)
    {
        string path = Old(extension, out byte[] before);
        AlertWriter writer = AlertFile.OpenWrite(path);

        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenRead(path));
        writer.Abandon();

        Assert.Equal("CaptureAboutToBeOverwritten", error.ErrorId);
        Assert.Equal(DropMonErrorKind.Conflict, error.Kind);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(3, AlertFiles.Read(path).Count);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Writing_nothing_gives_an_empty_capture(string extension)
    {
        string path = Old(extension, out _);

        AlertFiles.Write(path, []);

        Assert.Empty(AlertFiles.Read(path));
        Assert.NotEmpty(File.ReadAllBytes(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Abandoning_keeps_what_was_written(string extension)
    {
        string path = Old(extension, out _);
        AlertWriter writer = AlertFile.OpenWrite(path);
        writer.Write(AlertSamples.Udp(7));

        writer.Abandon();

        AlertAssert.Replay([AlertSamples.Udp(7)], AlertFiles.Read(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Abandoning_an_appending_writer_without_an_alert_leaves_the_file_as_it_was(string extension)
    {
        string path = Old(extension, out byte[] before);

        AlertFile.OpenWrite(path, new AlertWriteOptions { Append = true }).Abandon();

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Abandoning_a_new_file_leaves_an_empty_one_that_is_a_capture_without_alerts(string extension)
    {
        string path = _folder.File("a." + extension);

        AlertFile.OpenWrite(path).Abandon();

        Assert.Empty(File.ReadAllBytes(path));
        Assert.Empty(AlertFiles.Read(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Nothing_of_a_longer_file_is_left_behind_a_shorter_one(string extension)
    {
        string path = Old(extension, out byte[] before);

        AlertFiles.Write(path, [AlertSamples.Bare()]);

        Assert.True(new FileInfo(path).Length < before.Length);
        AlertAssert.Replay([AlertSamples.Bare()], AlertFiles.Read(path));
    }

    private string Old(string extension, out byte[] content)
    {
        string path = _folder.File("a." + extension);
        AlertFiles.Write(path, [AlertSamples.Full(), AlertSamples.Udp(1), AlertSamples.Udp(2)]);
        content = File.ReadAllBytes(path);
        return path;
    }
}
