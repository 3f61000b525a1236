using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using DropMon.Files;
using DropMon.Files.Pcapng;

namespace DropMon.Tests.Files;

public sealed class PcapngTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_alert_reads_back_property_by_property()
    {
        DropAlert[] alerts = AlertSamples.Varied().ToArray();
        string path = _folder.File("a.pcapng");

        AlertFiles.Write(path, alerts);

        AlertAssert.Replay(alerts, AlertFiles.Read(path));
    }

    [Fact]
    public void The_header_reads_back()
    {
        string path = _folder.File("a.pcapng");
        var header = new AlertFileHeader
        {
            ComputerName = "db-02",
            KernelRelease = "6.1",
            Writer = "DropMon 9",
            Started = AlertSamples.Time
        };
        AlertFiles.Write(path, [AlertSamples.Bare()], new AlertWriteOptions { Header = header });

        using AlertReader reader = AlertFile.OpenRead(path);
        DropAlert alert = Assert.Single(reader.ReadAll());

        Assert.Equal(header, reader.Header);
        Assert.Equal("db-02", alert.ComputerName);
    }

    [Fact]
    public void An_alert_longer_than_one_option_is_spread_over_several()
    {
        string path = _folder.File("a.pcapng");
        StackFrame frame = new(0, string.Concat(Enumerable.Repeat("é🦀", 100)), 0, null);
        var big = new DropAlert(new DropSite(), AlertSamples.Time) { StackTrace = [.. Enumerable.Repeat(frame, 500)] };

        AlertFiles.Write(path, [big, AlertSamples.Bare()]);

        AlertAssert.Replay([big, AlertSamples.Bare()], AlertFiles.Read(path));
    }

    [Fact]
    public void More_interfaces_than_a_section_holds_begin_another()
    {
        string path = _folder.File("a.pcapng");
        DropAlert[] alerts = Enumerable.Range(0, 5000)
            .Select(i => new DropAlert(AlertSamples.UdpSite, AlertSamples.Time) { InterfaceName = $"veth{i}" }).ToArray();

        AlertFiles.Write(path, alerts);

        AlertAssert.Replay(alerts, AlertFiles.Read(path));
        Assert.Equal(2, Blocks(path).Count(block => block.Type == PcapngFormat.SectionHeader));
    }

    [Fact]
    public void Alerts_of_one_interface_share_its_description()
    {
        string path = _folder.File("a.pcapng");

        AlertFiles.Write(path, Enumerable.Range(0, 10).Select(i => AlertSamples.Udp(i)));

        Assert.Single(Blocks(path), block => block.Type == PcapngFormat.InterfaceDescription);
    }

    [Fact]
    public void A_file_of_the_other_byte_order_reads_the_same()
    {
        string path = _folder.File("a.pcapng");
        DropAlert[] alerts = [AlertSamples.Udp(), AlertSamples.Full()];
        AlertFiles.Write(path, alerts);

        AlertAssert.Replay(alerts, AlertFiles.Read(_folder.File("swapped.pcapng", PcapngSwap.ToBigEndian(File.ReadAllBytes(path)))));
    }

    [Fact]
    public void The_ledger_of_losses_reads_back() => AlertAssert.LedgerReadsBack(_folder.File("a.pcapng"));

    [Fact]
    public void Packets_that_no_alert_comes_with_are_passed_over()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp()]);
        byte[] foreign = [.. File.ReadAllBytes(path), .. Block(PcapngFormat.EnhancedPacket, new byte[20]),
            .. Block(0x0BAD0001, [1, 2, 3, 4])];

        AlertAssert.Replay([AlertSamples.Udp()], AlertFiles.Read(_folder.File("foreign.pcapng", foreign)));
    }

    [Fact]
    public void A_capture_without_any_alert_is_an_error()
    {
        byte[] capture =
        [
            .. Block(PcapngFormat.SectionHeader, [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]),
            .. Block(PcapngFormat.InterfaceDescription, [1, 0, 0, 0, 0, 0, 0, 0]),
            .. Block(PcapngFormat.EnhancedPacket, new byte[20]),
        ];

        var error = Assert.Throws<CaptureException>(() => AlertFiles.Read(_folder.File("a.pcapng", capture)));

        Assert.Equal("CaptureWithoutAlerts", error.ErrorId);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(13u)]
    [InlineData(0x7ffffffcu)]
    [InlineData(0xfffffffcu)]
    public void A_block_of_an_impossible_length_is_an_error_and_allocates_nothing_of_its_size(uint length)
    {
        byte[] block = Block(6, new byte[20]);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), length);
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp()]);
        byte[] content = [.. File.ReadAllBytes(path), .. block];
        long before = GC.GetAllocatedBytesForCurrentThread();

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(content);

        Assert.Single(alerts);
        Assert.Equal(("CaptureInvalid", content.Length - block.Length), (Assert.Single(errors).ErrorId, errors[0].Offset));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 1024 * 1024);
    }

    [Fact]
    public void A_block_that_claims_more_than_the_file_has_allocates_nothing_of_its_size()
    {
        byte[] block = Block(6, new byte[20]);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), RecordOutput.MaxRecordSize);
        long before = GC.GetAllocatedBytesForCurrentThread();

        (_, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(
            [.. Block(PcapngFormat.SectionHeader, [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]), .. block]);

        Assert.Equal("CaptureTruncated", Assert.Single(errors).ErrorId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 1024 * 1024);
    }

    [Fact]
    public void A_damaged_alert_is_one_error_and_the_next_packet_is_read()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp(0), AlertSamples.Udp(1)]);
        byte[] content = File.ReadAllBytes(path);
        int first = content.AsSpan().IndexOf("\"Count\":1"u8);
        content[first + 8] = (byte)'x';

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(content);

        AlertAssert.Replay([AlertSamples.Udp(1)], alerts);
        Assert.Equal(("CaptureInvalid", true), (Assert.Single(errors).ErrorId, errors[0].CanContinue));
    }

    [Fact]
    public void Appending_behind_half_a_block_is_refused_with_the_command_that_mends_it()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp(0), AlertSamples.Udp(1)]);
        byte[] cut = File.ReadAllBytes(path)[..^7];
        File.WriteAllBytes(path, cut);

        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(path, new AlertWriteOptions { Append = true }));

        Assert.Equal("CaptureTruncated", error.ErrorId);
        Assert.Equal($"truncate -s {error.Offset} {path}", error.Remedy);
        Assert.Equal(cut, File.ReadAllBytes(path));
        AlertAssert.Replay([AlertSamples.Udp(0)], AlertFiles.ReadAllowingErrors(cut[..(int)error.Offset]).Alerts);
    }

    [Fact]
    public void Lines_cannot_be_appended_to_a_capture()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp()]);

        var error = Assert.Throws<CaptureException>(
            () => AlertFile.OpenWrite(path, new AlertWriteOptions { Append = true, Format = AlertFileFormat.JsonLines }));

        Assert.Equal("CaptureFormatMismatch", error.ErrorId);
    }

    [Fact]
    public void An_unknown_extension_is_an_error_that_names_the_known_ones()
    {
        var error = Assert.Throws<CaptureException>(() => AlertFile.OpenWrite(_folder.File("a.csv")));

        Assert.Equal("CaptureExtensionUnknown", error.ErrorId);
        Assert.False(File.Exists(_folder.File("a.csv")));
    }

    [Theory]
    [InlineData(6, 0L, 1_764_000_000_123_456UL)]
    [InlineData(9, 0L, 1_764_000_000_123_456_000UL)]
    [InlineData(0, 0L, 1_764_000_000UL)]
    [InlineData(6, 1_764_000_000L, 123_456UL)]
    [InlineData(0x80 + 20, 0L, (1_764_000_000UL << 20) + 129_453UL)]
    public void Times_are_read_in_every_resolution(int resolution, long offset, ulong time)
    {
        byte[] offsetBytes = BitConverter.GetBytes(offset);
        Assert.True(PcapngInterface.TryRead([1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 0, (byte)resolution, 0, 0, 0, 14, 0, 8, 0, .. offsetBytes],
            false, out PcapngInterface description));

        Assert.True(description.TryConvert(time, out long ticks));

        DateTime expected = DateTime.UnixEpoch.AddSeconds(1_764_000_000).AddTicks(resolution == 0 ? 0 : 1_234_560);
        Assert.InRange(ticks - expected.Ticks, -10, 10);
    }

    [Fact]
    public void A_time_beyond_the_calendar_is_told_and_not_thrown()
    {
        for (int resolution = 0; resolution < 256; resolution++)
        {
            Assert.True(PcapngInterface.TryRead([1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1, 0, (byte)resolution, 0, 0, 0], false,
                out PcapngInterface description));
            description.TryConvert(ulong.MaxValue, out long ticks);
            Assert.InRange(ticks, 0, DateTime.MaxValue.Ticks);
        }
    }

    [Fact]
    public void Comments_are_one_line_without_control_characters()
    {
        foreach (string text in AlertSamples.HostileTexts())
        {
            byte[] comment = new AlertComment().Of(new DropAlert(new DropSite { Function = text, Explanation = text }, AlertSamples.Time))
                .ToArray();

            Assert.DoesNotContain(Encoding.UTF8.GetString(comment), c => char.IsControl(c) || c == '\u202e' || c == '\u2028');
            Assert.InRange(comment.Length, 1, PcapngFormat.MaxOptionLength);
        }
    }

    [Fact]
    public void The_custom_option_holds_the_same_json_as_a_line_but_for_time_and_bytes()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Full()]);
        byte[] block = Blocks(path).Single(b => b.Type == PcapngFormat.EnhancedPacket).Body;
        var options = new PcapngOptions(block.AsSpan(20 + 44), false);
        Assert.True(options.MoveNext());
        Assert.Equal(PcapngFormat.OptionComment, options.Code);
        Assert.True(options.MoveNext());
        Assert.True(options.IsJson(out ReadOnlySpan<byte> json));

        using JsonDocument document = JsonDocument.Parse(json.ToArray());

        Assert.Equal(
            AlertAssert.Properties.Select(p => p.Name)
                .Except([nameof(DropAlert.Packet), nameof(DropAlert.Payload), nameof(DropAlert.Timestamp)]).Order(),
            document.RootElement.EnumerateObject().Select(p => p.Name).Order());
    }

    private static List<(uint Type, byte[] Body)> Blocks(string path)
    {
        using CaptureInput input = CaptureInput.Open(path);
        var reader = new PcapngBlockReader(input);
        var blocks = new List<(uint, byte[])>();
        while (reader.TryRead(out uint type, out ReadOnlySpan<byte> body, out _))
        {
            blocks.Add((type, body.ToArray()));
        }

        return blocks;
    }

    private static byte[] Block(uint type, byte[] body)
    {
        var block = new byte[body.Length + 12];
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), block.Length);
        body.CopyTo(block, 8);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(block.Length - 4), block.Length);
        return block;
    }
}
