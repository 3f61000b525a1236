using System.Diagnostics;
using DropMon.Files;

namespace DropMon.Tests.Files;

public sealed class OpenFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_remedy_for_a_missing_folder_makes_it()
    {
        string path = _folder.File("no/such/x.jsonl");
        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(path));
        Assert.Equal("CaptureNotFound", error.ErrorId);
        Assert.Contains($"there is no folder '{_folder.File("no/such")}'", error.Message, StringComparison.Ordinal);

        Assert.Equal(0, Run(error.Remedy!));

        AlertFiles.Write(path, [AlertSamples.Bare()]);
    }

    [Theory]
    [InlineData("none.jsonl")]
    [InlineData("no/such/x.jsonl")]
    [InlineData("a.jsonl/x.jsonl")]
    public void The_remedy_for_a_missing_file_shows_what_there_is(string name)
    {
        _folder.File("a.jsonl", []);

        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenRead(_folder.File(name)));

        Assert.Equal("CaptureNotFound", error.ErrorId);
        Assert.Equal(0, Run(error.Remedy!));
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_not_made_one()
    {
        _folder.File("a.jsonl", []);

        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(_folder.File("a.jsonl/x.jsonl")));

        Assert.Equal("CaptureNotFound", error.ErrorId);
        Assert.Equal($"ls {_folder.File("a.jsonl")}", error.Remedy);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("folder.jsonl")]
    public void A_directory_is_called_one(string name)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(path);

        var reading = Assert.Throws<CaptureException>(() => AlertFile.OpenRead(path));
        var writing = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(path));

        Assert.Equal(("CaptureIsDirectory", "CaptureIsDirectory"), (reading.ErrorId, writing.ErrorId));
        Assert.Contains($"⟨Path '{path}/*.jsonl'⟩", reading.Remedy, StringComparison.Ordinal);
        Assert.Contains($"'{path}/drops.jsonl'", writing.Remedy, StringComparison.Ordinal);
    }

    private static int Run(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
