using System.Text;
using System.Text.Json;
using DropMon.Files;
using DropMon.Files.Json;

namespace DropMon.Tests.Files;

public sealed class JsonLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_full_sample_has_a_value_in_every_property() =>
        Assert.All(AlertAssert.Properties, property => Assert.NotNull(property.GetValue(AlertSamples.Full())));

    [Fact]
    public void Every_alert_reads_back_property_by_property()
    {
        DropAlert[] alerts = AlertSamples.Varied().ToArray();
        string path = _folder.File("a.jsonl");

        AlertFiles.Write(path, alerts);

        AlertAssert.Replay(alerts, AlertFiles.Read(path));
    }

    [Fact]
    public void Each_alert_is_one_line_behind_the_header()
    {
        string path = _folder.File("a.jsonl");

        AlertFiles.Write(path, AlertSamples.Varied());

        Assert.Equal(1 + AlertSamples.Varied().Count(), File.ReadAllLines(path).Length);
    }

    [Fact]
    public void Property_names_are_those_of_the_alert()
    {
        using JsonDocument json = JsonDocument.Parse(WriteLines(AlertSamples.Full())[0]);

        Assert.Equal(
            AlertAssert.Properties.Select(property => property.Name).Where(name => name != nameof(DropAlert.Packet)).Order(),
            json.RootElement.EnumerateObject().Select(property => property.Name).Order());
    }

    [Fact]
    public void The_packet_is_written_as_text_on_request()
    {
        using var stream = new MemoryStream();
        using (var writer = new JsonLinesWriter(stream, "memory", null, packet: true))
        {
            writer.Write(AlertSamples.Udp());
        }

        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(AlertSamples.Udp().Packet!.ToString(), json.RootElement.GetProperty("Packet").GetString());
    }

    [Fact]
    public void Null_properties_are_left_out()
    {
        using JsonDocument json = JsonDocument.Parse(WriteLines(AlertSamples.Bare())[0]);

        Assert.Equal(
            ["Class", "Count", "Origin", "Significance", "Source", "Timestamp"],
            json.RootElement.EnumerateObject().Select(property => property.Name).Order());
    }

    [Fact]
    public void The_time_has_seven_digits_and_an_offset()
    {
        using JsonDocument json = JsonDocument.Parse(WriteLines(AlertSamples.Bare())[0]);

        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.1234567[+-]\d\d:\d\d$", json.RootElement.GetProperty("Timestamp").GetString());
    }

    [Fact]
    public void The_file_keeps_the_source_that_delivered_the_alert()
    {
        using JsonDocument json = JsonDocument.Parse(WriteLines(AlertSamples.Udp())[0]);

        Assert.Equal("NetDm", json.RootElement.GetProperty("Source").GetString());
    }

    [Fact]
    public void No_control_character_but_the_line_feed_reaches_the_file()
    {
        foreach (string text in AlertSamples.HostileTexts())
        {
            string line = WriteLines(new DropAlert(new DropSite { Function = text }, AlertSamples.Time) { InterfaceName = text })[0];

            Assert.DoesNotContain(line, char.IsControl);
        }
    }

    [Fact]
    public void Control_characters_in_a_file_come_back_escaped_since_its_text_goes_to_terminals()
    {
        string path = _folder.File("hostile.jsonl");
        File.WriteAllText(path, """{"Timestamp":"2026-01-01T00:00:00+00:00","InterfaceName":"\u001b[31meth0","Function":"f\u0007","StackTrace":[{"Address":"0x1","Function":"g\u009b"}]}""" + "\n");

        DropAlert alert = Assert.Single(AlertFiles.Read(path));

        Assert.Equal(@"\u001b[31meth0", alert.InterfaceName);
        Assert.Equal(@"f\u0007", alert.Function);
        Assert.Equal(@"g\u009b", alert.StackTrace![0].Function);
    }

    [Fact]
    public void The_header_tells_schema_version_computer_and_kernel()
    {
        string path = _folder.File("a.jsonl");
        AlertFiles.Write(path, [AlertSamples.Bare()]);

        using AlertReader reader = AlertFile.OpenRead(path);
        Assert.True(reader.TryRead(out _));

        Assert.Equal(AlertFileHeader.CurrentVersion, reader.Header!.Version);
        Assert.Equal(Environment.MachineName, reader.Header.ComputerName);
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), reader.Header.KernelRelease);
        Assert.StartsWith("DropMon ", reader.Header.Writer, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_of_the_header_reads_back()
    {
        var header = new AlertFileHeader
        {
            ComputerName = "db-02",
            KernelRelease = "6.12.48+deb13-cloud-amd64",
            Architecture = "aarch64",
            Source = "Tracepoint",
            Writer = "DropMon 9",
            Started = AlertSamples.Time,
        };
        string path = _folder.File("a.jsonl");
        AlertFiles.Write(path, [AlertSamples.Bare()], new AlertWriteOptions { Header = header });

        using AlertReader reader = AlertFile.OpenRead(path);
        Assert.True(reader.TryRead(out _));

        Assert.Equal(header, reader.Header);
    }

    [Fact]
    public void Alerts_of_another_computer_get_its_name_from_the_header()
    {
        string path = _folder.File("a.jsonl");
        var named = new DropAlert(new DropSite(), AlertSamples.Time) { ComputerName = "web-01" };

        AlertFiles.Write(path, [AlertSamples.Bare(), named],
            new AlertWriteOptions { Header = new AlertFileHeader { ComputerName = "another" } });

        Assert.Equal(["another", "web-01"], AlertFiles.Read(path).Select(alert => alert.ComputerName));
    }

    [Fact]
    public void Alerts_of_this_computer_stay_without_a_name()
    {
        string path = _folder.File("a.jsonl");

        AlertFiles.Write(path, [AlertSamples.Bare()]);

        Assert.Null(AlertFiles.Read(path)[0].ComputerName);
    }

    [Fact]
    public void Alerts_of_one_site_share_it()
    {
        string path = _folder.File("a.jsonl");
        AlertFiles.Write(path, Enumerable.Range(0, 3).Select(i => AlertSamples.Udp(i)));

        Assert.Single(AlertFiles.Read(path).Select(alert => alert.Site).Distinct());
    }

    [Fact]
    public void Properties_in_another_order_mean_the_same()
    {
        string sorted = Sorted(WriteLines(AlertSamples.Full())[0]);
        string path = _folder.File("sorted.json", Encoding.UTF8.GetBytes(sorted + "\n" + sorted + "\n"));

        List<DropAlert> alerts = AlertFiles.Read(path);

        AlertAssert.Replay([AlertSamples.Full(), AlertSamples.Full()], alerts);
        Assert.Same(alerts[0].Site, alerts[1].Site);
    }

    [Fact]
    public void Unknown_properties_and_records_are_skipped()
    {
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes("""
            {"Record":"Weather","Sun":[1,{"a":null}]}
            {"Timestamp":"2025-11-24T03:46:50Z","Later":{"Deep":[[1]]},"Class":"ClassOfALaterVersion","Function":"f"}

            """));

        DropAlert alert = Assert.Single(AlertFiles.Read(path));

        Assert.Equal(("f", DropClass.Unknown), (alert.Function, alert.Class));
    }

    [Fact]
    public void The_ledger_of_losses_reads_back() => AlertAssert.LedgerReadsBack(_folder.File("a.jsonl"));

    [Fact]
    public void A_byte_order_mark_blank_lines_and_carriage_returns_do_no_harm()
    {
        string line = WriteLines(AlertSamples.Udp())[0];
        string path = _folder.File("a.txt", [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes($"\r\n  {line}\r\n\n{line}")]);

        AlertAssert.Replay([AlertSamples.Udp(), AlertSamples.Udp()], AlertFiles.Read(path));
    }

    [Fact]
    public void Escapes_that_another_writer_chose_mean_the_same()
    {
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes("""{"Timestamp":"2025-11-24T03:46:50.1234567\u002b00:00","Payload":"+\u002b8=","Function":"a\u0062c"}""" + "\n"));

        DropAlert alert = Assert.Single(AlertFiles.Read(path));

        Assert.Equal((AlertSamples.Time, "abc", "FBEF"), (alert.Timestamp, alert.Function, Convert.ToHexString(alert.Payload!)));
    }

    [Fact]
    public void What_ConvertTo_Json_writes_means_the_same()
    {
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes("""
            {"Timestamp":"2025-11-24T03:46:50.1234567+00:00","Function":"f","Address":18446744071591483810,"Module":null,"Line": null,"Packet":{"Length":2},"Payload":[0,255],"Cpu":null,"FlowActionCookie":[],"StackTrace":["g+0x1f [m] (g.c:7)","0xffffffff81000010"],"InlineFrames":null}

            """));

        DropAlert alert = Assert.Single(AlertFiles.Read(path));

        Assert.Equal(("f", 0xffffffff81c0d9a2, null, null), (alert.Function, alert.Address, alert.Module, alert.Cpu));
        Assert.Equal(("00FF", ""), (Convert.ToHexString(alert.Payload!), Convert.ToHexString(alert.FlowActionCookie!)));
        Assert.Equal([new StackFrame(0, "g", 0x1f, "m", "g.c", 7), new StackFrame(0xffffffff81000010, null, 0, null)], alert.StackTrace!);
    }

    [Fact]
    public void A_later_version_is_refused_with_its_number()
    {
        string path = _folder.File("a.jsonl");
        AlertFiles.Write(path, [AlertSamples.Bare()], new AlertWriteOptions { Header = new AlertFileHeader { Version = 99 } });

        var error = Assert.Throws<CaptureException>(() => AlertFiles.Read(path));

        Assert.Equal("CaptureVersionUnsupported", error.ErrorId);
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_line_is_one_error_with_its_offset_and_the_next_line_is_read()
    {
        string good = WriteLines(AlertSamples.Udp())[0];
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes($"{good}\n{{\"Timestamp\":12}}\n{good}\n"));

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path);

        Assert.Equal(2, alerts.Count);
        CaptureException error = Assert.Single(errors);
        Assert.Equal(("CaptureInvalid", (long)Encoding.UTF8.GetByteCount(good) + 1, true),
            (error.ErrorId, error.Offset, error.CanContinue));
    }

    [Theory]
    [InlineData("""{"Count":1}""")]
    [InlineData("""{"Timestamp":"yesterday"}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Count":1.5}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Count":-1}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Cpu":9999999999}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Payload":"not base64!"}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Address":18446744073709551616}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Address":1.8446744071591484E+19}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Payload":[256]}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Payload":[1,[2]]}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Cpu":nothing}""")]
    [InlineData("""{"Timestamp":null}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Function":5}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Function":"\ud800"}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50\ud800"}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Payload":"\ud800"}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","Origin":"Elsewhere"}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z","StackTrace":[1]}""")]
    [InlineData("""{"Timestamp":"2025-11-24T03:46:50Z"}{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"Record":"Header","Schema":"Other","Version":1}""")]
    public void A_line_that_is_no_alert_is_an_error(string line)
    {
        string path = _folder.File("a.jsonl", Encoding.UTF8.GetBytes($"{{\"Record\":\"x\"}}\n{line}\n"));

        Assert.Equal("CaptureInvalid", Assert.Throws<CaptureException>(() => AlertFiles.Read(path)).ErrorId);
    }

    [Fact]
    public void A_line_too_long_for_a_record_is_skipped_with_an_error()
    {
        byte[] content = new byte[RecordOutput.MaxRecordSize + 100];
        Array.Fill(content, (byte)' ');
        content[0] = (byte)'{';
        string path = _folder.File("a.jsonl", [.. content, (byte)'\n', .. Encoding.UTF8.GetBytes(WriteLines(AlertSamples.Udp())[0])]);

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path);

        Assert.Single(alerts);
        Assert.Equal("CaptureInvalid", Assert.Single(errors).ErrorId);
    }

    private static string[] WriteLines(params DropAlert[] alerts)
    {
        using var stream = new MemoryStream();
        using (var writer = new JsonLinesWriter(stream, "memory", null))
        {
            foreach (DropAlert alert in alerts)
            {
                writer.Write(alert);
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Sorted(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return "{" + string.Join(",", json.RootElement.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}")) + "}";
    }
}
