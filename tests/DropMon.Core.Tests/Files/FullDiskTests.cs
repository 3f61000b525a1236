using System.Diagnostics;
using DropMon.Files;

namespace DropMon.Tests.Files;

public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    /// <summary>Mounting needs root in the first user namespace, which a container may lack.</summary>
    public static bool CannotMount => !OperatingSystem.IsLinux() || !TryMountAndUnmount();

    public void Dispose() => _folder.Dispose();

    [Theory(Skip = "needs the right to mount a tmpfs", SkipWhen = nameof(CannotMount))]
    [MemberData(nameof(Extensions))]
    public void A_full_disk_is_one_error_and_all_before_it_reads_back(string extension)
    {
        string mount = _folder.File("tiny");
        Directory.CreateDirectory(mount);
        Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", mount));
        try
        {
            string path = Path.Combine(mount, "a." + extension);
            AlertWriter writer = AlertFile.OpenWrite(path);
            int written = 0;
            var error = Assert.Throws<CaptureException>(() =>
            {
                for (; written < 100_000; written++)
                {
                    writer.Write(AlertSamples.Udp(written));
                }
            });
            Assert.Same(error, Assert.Throws<CaptureException>(() => writer.Write(AlertSamples.Bare())));
            writer.Dispose();

            (List<DropAlert> read, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path);

            Assert.Equal("CaptureWriteFailed", error.ErrorId);
            Assert.Equal(new FileInfo(path).Length, error.Offset);
            Assert.Empty(errors);
            Assert.InRange(error.Offset, 500 * 1024, 600 * 1024);
            AlertAssert.Replay(Enumerable.Range(0, read.Count).Select(i => AlertSamples.Udp(i)).ToArray(), read);
            Assert.Contains($"the {written + 1 - read.Count} records", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Run("umount", mount);
        }
    }

    [Fact]
    public void A_device_that_is_always_full_is_the_same_error()
    {
        AlertWriter writer = AlertFile.OpenWrite("/dev/full", new AlertWriteOptions { Format = AlertFileFormat.JsonLines });
        writer.Write(AlertSamples.Bare());

        Assert.Equal("CaptureWriteFailed", Assert.Throws<CaptureException>(writer.Flush).ErrorId);
        writer.Dispose();
    }

    [Fact]
    public void Closing_reports_what_could_not_be_written()
    {
        AlertWriter writer = AlertFile.OpenWrite("/dev/full", new AlertWriteOptions { Format = AlertFileFormat.JsonLines });
        writer.Write(AlertSamples.Bare());

        Assert.Equal("CaptureWriteFailed", Assert.Throws<CaptureException>(writer.Dispose).ErrorId);
    }

    private static bool TryMountAndUnmount()
    {
        string probe = Directory.CreateTempSubdirectory("dropmon-").FullName;
        try
        {
            return Run("mount", "-t", "tmpfs", "tmpfs", probe) == 0 && Run("umount", probe) == 0;
        }
        finally
        {
            Directory.Delete(probe);
        }
    }

    private static int Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
