using DropMon.Files;

namespace DropMon.Tests.Files;

public sealed class GrowingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_reader_reads_what_was_there_when_it_began(string extension)
    {
        string path = _folder.File("a." + extension);
        AlertFiles.Write(path, [AlertSamples.Udp(0)]);
        using AlertReader reader = AlertFile.OpenRead(path);

        AlertFiles.Write(path, [AlertSamples.Udp(1)], new AlertWriteOptions { Append = true });

        AlertAssert.Replay([AlertSamples.Udp(0)], reader.ReadAll().ToList());
        AlertAssert.Replay([AlertSamples.Udp(0), AlertSamples.Udp(1)], AlertFiles.Read(path));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_file_that_grows_by_all_that_is_read_of_it_comes_to_an_end(string extension)
    {
        const int Alerts = 3000;
        string path = _folder.File("a." + extension);
        AlertFiles.Write(path, Enumerable.Range(0, Alerts).Select(i => AlertSamples.Udp(i)));

        using (AlertReader reader = AlertFile.OpenRead(path))
        {
            AlertFiles.Write(path, reader.ReadAll().Take(Alerts + 1), new AlertWriteOptions { Append = true });
        }

        Assert.Equal(2 * Alerts, AlertFiles.Read(path).Count);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_record_that_was_half_there_is_read_to_its_end(string extension)
    {
        string whole = _folder.File("whole." + extension);
        AlertFiles.Write(whole, [AlertSamples.Udp(0), AlertSamples.Udp(1)]);
        byte[] bytes = File.ReadAllBytes(whole);
        string path = _folder.File("a." + extension, bytes[..^20]);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 0);
        var input = CaptureInput.Open(path);

        file.Write(bytes.AsSpan(bytes.Length - 20));

        using AlertReader reader = AlertFile.OpenRead(input);
        AlertAssert.Replay([AlertSamples.Udp(0), AlertSamples.Udp(1)], reader.ReadAll().ToList());
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_file_of_a_later_version_is_not_appended_to(string extension)
    {
        string path = _folder.File("a." + extension);
        AlertFiles.Write(path, [AlertSamples.Udp(0)],
            new AlertWriteOptions { Header = AlertFileHeader.ForThisMachine() with { Version = AlertFileHeader.CurrentVersion + 1 } });
        byte[] before = File.ReadAllBytes(path);

        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(path, new AlertWriteOptions { Append = true }));

        Assert.Equal("CaptureVersionUnsupported", error.ErrorId);
        Assert.Equal(before, File.ReadAllBytes(path));
    }
}
