
namespace DropMon.Tests.Files;

/// <summary>Files that are cut off or damaged anywhere: what is whole is read, the rest is one error.</summary>
public sealed class TruncationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_file_cut_anywhere_gives_the_whole_alerts_then_one_error_with_the_offset(string extension)
    {
        byte[] whole = Golden(extension, out DropAlert[] alerts);
        for (int length = 0; length < whole.Length; length++)
        {
            (List<DropAlert> read, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(whole[..length]);

            Assert.True(errors.Count <= 1, $"cut to {length}: {errors.Count} errors");
            AlertAssert.Replay(alerts[..read.Count], read);
            if (errors.Count == 1 && errors[0].ErrorId == "CaptureTruncated")
            {
                Assert.InRange(errors[0].Offset, 0, length);
                AlertAssert.Replay(read, AlertFiles.ReadAllowingErrors(whole[..(int)errors[0].Offset]).Alerts);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_file_cut_within_its_last_record_is_called_truncated(string extension)
    {
        byte[] whole = Golden(extension, out DropAlert[] alerts);
        (List<DropAlert> read, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(whole[..^9]);

        Assert.Equal(alerts.Length - 1, read.Count);
        Assert.Equal("CaptureTruncated", Assert.Single(errors).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Any_flipped_byte_gives_alerts_or_typed_errors_and_nothing_else(string extension)
    {
        byte[] whole = Golden(extension, out DropAlert[] alerts);
        byte[] flips = [0x01, 0x80, 0xff, (byte)('"' ^ '}')];
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte flip in flips)
            {
                whole[at] ^= flip;
                (List<DropAlert> read, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(whole);
                whole[at] ^= flip;

                Assert.InRange(read.Count, 0, alerts.Length + 2);
                Assert.InRange(errors.Count, 0, 4);
                Assert.All(read, alert => alert.ToString());
            }
        }
    }

    private byte[] Golden(string extension, out DropAlert[] alerts)
    {
        alerts = [AlertSamples.Udp(), AlertSamples.Full(), AlertSamples.Bare(), AlertSamples.Udp(1)];
        string path = _folder.File("whole." + extension);
        AlertFiles.Write(path, alerts);
        return File.ReadAllBytes(path);
    }
}
