using System.Text;
using DropMon.Files;
using DropMon.Files.Json;

namespace DropMon.Tests.Files;

public sealed class JsonRecordReaderTests
{
    [Fact]
    public void A_line_of_a_live_stream_keeps_the_source_that_delivered_it() =>
        Assert.Equal(DropSourceKind.Tracepoint, Read(isReplay: false, "web-01")!.Source);

    [Fact]
    public void A_line_of_the_past_is_a_replay() => Assert.Equal(DropSourceKind.Replay, Read(isReplay: true, null)!.Source);

    [Fact]
    public void The_name_that_the_reader_was_given_goes_before_the_headers() => Assert.Equal("web-01", Read(isReplay: false, "web-01")!.ComputerName);

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
            writer.Write(new DropAlert(new DropSite { Reason = "NO_SOCKET" }, DateTimeOffset.UnixEpoch) { Source = DropSourceKind.Tracepoint });
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
