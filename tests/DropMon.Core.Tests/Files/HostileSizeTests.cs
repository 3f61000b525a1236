using System.Text;
using DropMon.Files;
using DropMon.Files.Json;
using DropMon.Files.Pcapng;

namespace DropMon.Tests.Files;

/// <summary>A file decides how much there is to read, and never how much memory that takes.</summary>
public sealed class HostileSizeTests : IDisposable
{
    private const string Time = "\"Timestamp\":\"2025-11-24T03:46:50Z\"";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> TooLarge => new()
    {
        { "a function's name", $"\"Function\":\"{new string('f', AlertLimits.MostText + 1)}\"" },
        { "an interface's name", $"\"InterfaceName\":\"{new string('e', AlertLimits.MostText + 1)}\"" },
        { "a process's name of escapes", $"\"ProcessName\":\"{string.Concat(Enumerable.Repeat("\\u001b", 5000))}\"" },
        { "a packet", $"\"Payload\":\"{Convert.ToBase64String(new byte[AlertLimits.MostPayload + 1])}\"" },
        { "a packet byte by byte", $"\"Payload\":[{string.Join(',', Enumerable.Repeat("0", AlertLimits.MostPayload + 1))}]" },
        { "a cookie", $"\"FlowActionCookie\":\"{Convert.ToBase64String(new byte[AlertLimits.MostCookie + 1])}\"" },
        { "a stack", $"\"StackTrace\":[{string.Join(',', Enumerable.Repeat("{}", AlertLimits.MostFrames + 1))}]" },
        { "a place", $"\"SourceFile\":\"a\",\"Line\":1,\"InlineFrames\":[{string.Join(',', Enumerable.Repeat($"{{\"Function\":\"{new string('f', 4000)}\"}}", 40))}]" },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void What_is_larger_than_any_kernel_makes_it_is_one_error_and_the_next_alert_is_read(string what, string property)
    {
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes($"{{{Time},{property}}}\n{{{Time},\"Function\":\"next\"}}\n"));

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path);

        Assert.True(errors.Count == 1, what);
        Assert.Equal(("CaptureInvalid", true), (errors[0].ErrorId, errors[0].CanContinue));
        Assert.Equal("next", Assert.Single(alerts).Function);
    }

    [Theory]
    [InlineData("\"Count\":-1")]
    [InlineData("\"Count\":9223372036854775808")]
    [InlineData("\"Count\":1.5")]
    [InlineData("\"OriginalLength\":-1")]
    [InlineData("\"Cpu\":-1")]
    [InlineData("\"ProcessId\":-5")]
    [InlineData("\"InterfaceIndex\":-1")]
    public void No_number_is_taken_for_another(string property)
    {
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes($"{{{Time},{property}}}\n"));

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path);

        Assert.Empty(alerts);
        Assert.Equal("CaptureInvalid", Assert.Single(errors).ErrorId);
    }

    [Theory]
    [InlineData(AlertLimits.MostPayload, 0)]
    [InlineData(AlertLimits.MostPayload + 4, 1)]
    public void A_packet_of_pcapng_beyond_the_bound_is_one_error_and_reading_goes_on(int length, int errors)
    {
        byte[] section = Block(PcapngFormat.SectionHeader, [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
        byte[] device = Block(PcapngFormat.InterfaceDescription, [1, 0, 0, 0, 0, 0, 0, 0]);
        string path = _folder.File("a.pcapng", [.. section, .. device, .. Packet(length), .. Packet(64)]);

        CaptureException[] found = [.. AlertFiles.ReadAllowingErrors(path)
            .Errors.Where(error => error.Message.Contains("larger than any that a kernel drops", StringComparison.Ordinal))];

        Assert.Equal(errors, found.Length);
        Assert.All(found, error => Assert.True(error.CanContinue));
    }

    [Theory]
    [InlineData(1020, true)]
    [InlineData(60_000, false)]
    public void A_symbol_of_a_netlink_capture_is_taken_up_to_the_bound(int length, bool isTaken)
    {
        string symbol = new('f', length);
        byte[] file = new NetlinkCaptureBuilder()
            .Add(1, 0, 16, NetlinkCaptureBuilder.Family())
            .Add(2, 0, 16, NetlinkCaptureBuilder.PacketAlert(1, symbol))
            .ToArray();

        DropAlert alert = Assert.Single(AlertFiles.Read(_folder.File("a.pcap", file)));

        Assert.Equal(isTaken ? symbol : null, alert.Function);
    }

    private static byte[] Packet(int length)
    {
        byte[] body = new byte[PcapngFormat.EnhancedPacketHeader + length];
        BitConverter.TryWriteBytes(body.AsSpan(12), length);
        BitConverter.TryWriteBytes(body.AsSpan(16), length);
        return Block(PcapngFormat.EnhancedPacket, body);
    }

    private static byte[] Block(uint type, byte[] body)
    {
        byte[] length = BitConverter.GetBytes(body.Length + PcapngFormat.BlockOverhead);
        return [.. BitConverter.GetBytes(type), .. length, .. body, .. length];
    }

    [Fact]
    public void A_ledger_that_lost_less_than_nothing_is_an_error()
    {
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes("{\"Record\":\"Ledger\",\"RingLost\":-1}\n"));

        Assert.Equal("CaptureInvalid", Assert.Single(AlertFiles.ReadAllowingErrors(path).Errors).ErrorId);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void A_ledger_has_no_more_than_a_hundred_causes(int causes, int errors)
    {
        string losses = string.Join(',', Enumerable.Range(0, causes).Select(i => $"{{\"Cause\":\"c{i}\",\"Count\":1}}"));
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes($"{{\"Record\":\"Ledger\",\"Losses\":[{losses}]}}\n"));

        Assert.Equal(errors, AlertFiles.ReadAllowingErrors(path).Errors.Count);
    }

    [Fact]
    public void Ten_thousand_large_places_leave_few_bytes_behind()
    {
        var reader = new AlertJsonReader();
        long most = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string text = $"{i}".PadLeft(AlertLimits.MostText - 8, 'x');
            byte[] json = Encoding.UTF8.GetBytes($"{{{Time},\"StackTrace\":[{{\"Function\":\"s{text}\"}}],\"Function\":\"f{text}\",\"Reason\":\"r{text}\",\"Module\":\"m{text}\"}}");
            Assert.NotNull(reader.Read(json));
            most = Math.Max(most, reader.RememberedBytes);
        }

        Assert.InRange(most, 1, 32 * 1024 * 1024);
    }

    [Fact]
    public void What_reads_ahead_counts_bytes_and_not_only_alerts()
    {
        string line = $"{{{Time},\"Payload\":\"{Convert.ToBase64String(new byte[AlertLimits.MostPayload])}\"}}\n";
        string path = _folder.File("a.jsonl");
        using (StreamWriter file = File.CreateText(path))
        {
            for (int i = 0; i < 40; i++)
            {
                file.Write(line);
            }
        }

        using var input = CaptureInput.Open(path);
        using var reader = new ReadAheadReader(AlertFile.OpenRead(input));
        int alerts = 0;
        while (reader.TryRead(out _))
        {
            // What was read and not yet returned, a batch that is being returned included.
            alerts++;
            Assert.InRange(reader.PositionAhead - ((long)alerts * line.Length), 0, 20L * 1024 * 1024);
        }

        Assert.Equal(40, alerts);
    }

    [Fact]
    public void Comments_keep_no_place_in_memory()
    {
        var comment = new AlertComment();
        WeakReference site = Comment(comment);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(site.IsAlive);
        GC.KeepAlive(comment);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Comment(AlertComment comment)
    {
        var site = new DropSite { Function = "f" };
        Assert.NotEqual(0, comment.Of(new DropAlert(site, AlertSamples.Time)).Length);
        return new WeakReference(site);
    }
}
