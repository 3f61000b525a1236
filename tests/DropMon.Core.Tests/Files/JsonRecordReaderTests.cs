using System.Text;
using DropMon.Files;
using DropMon.Files.Json;

namespace DropMon.Tests.Files;

public sealed class JsonRecordReaderTests
{
    [Fact]
    public void A_line_of_a_live_stream_keeps_the_source_that_delivered_it() =>
        Assert.Equal("Tracepoint", Read(isReplay: false, "web-01")!.Source);

    [Theory]
    [InlineData("Quantum")]
    [InlineData("42")]
    public void A_source_that_this_DropMon_does_not_know_keeps_its_name(string source) =>
        Assert.Equal(source, new JsonRecordReader("test", isReplay: false).Read(Encoding.UTF8.GetBytes($$"""{"Timestamp":"2026-01-01T00:00:00Z","Count":1,"Source":"{{source}}"}"""), 0)!.Source);

    [Fact]
    public void The_name_of_a_source_is_escaped_as_all_text_from_outside_is() =>
        Assert.DoesNotContain('\u001b', new JsonRecordReader("test", isReplay: false).Read("""{"Timestamp":"2026-01-01T00:00:00Z","Count":1,"Source":"a\u001b[31m"}"""u8, 0)!.Source);

    [Fact]
    public void A_line_of_the_past_is_a_replay() => Assert.Equal(DropSourceName.Replay, Read(isReplay: true, null)!.Source);

    [Fact]
    public void The_name_that_the_reader_was_given_goes_before_the_headers() =>
        Assert.Equal("web-01", Read(isReplay: false, "web-01")!.ComputerName);

    [Fact]
    public void The_name_that_the_reader_was_given_goes_before_the_alerts_own()
    {
        var reader = new JsonRecordReader("test", isReplay: false) { ComputerName = "web-01" };
        Assert.Equal("web-01", reader.Read("""{"Timestamp":"2026-01-01T00:00:00Z","Count":1,"ComputerName":"good"}"""u8, 0)!.ComputerName);
    }

    [Fact]
    public void Without_one_the_header_names_the_computer() => Assert.Equal("elsewhere", Read(isReplay: false, null)!.ComputerName);

    [Fact]
    public void A_ledger_is_kept()
    {
        var reader = new JsonRecordReader("test", isReplay: false);
        Assert.Null(reader.Read("""{"Record":"Ledger","Received":7}"""u8, 0));
        Assert.Equal(7, reader.Ledger?.Received);
    }

    private static DropAlert? Read(bool isReplay, string? computerName)
    {
        var stream = new MemoryStream();
        using (var writer = new JsonLinesWriter(stream, "test", new AlertFileHeader { ComputerName = "elsewhere" }))
        {
            writer.Write(new DropAlert(new DropSite { Reason = "NO_SOCKET" }, DateTimeOffset.UnixEpoch) { Source = "Tracepoint" });
        }

        var reader = new JsonRecordReader("test", isReplay) { ComputerName = computerName };
        DropAlert? alert = null;
        foreach (string line in Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            alert = reader.Read(Encoding.UTF8.GetBytes(line), 0);
        }

        return alert;
    }
}
