using System.Diagnostics;
using System.Globalization;
using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>What Wireshark's own reader makes of the files.</summary>
public sealed class TsharkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static bool HasTshark => IsOnPath("tshark");

    public static bool HasEditcap => IsOnPath("editcap");

    public void Dispose() => _folder.Dispose();

    [Fact(Skip = "tshark is not on PATH", SkipUnless = nameof(HasTshark))]
    public void Tshark_sees_interface_time_length_and_comment_of_every_alert()
    {
        DropAlert[] alerts = Dissectable();
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, alerts);

        string[] lines = Tshark(path, "frame.interface_name", "frame.time_epoch", "frame.cap_len", "frame.len", "frame.comment");

        Assert.Equal(alerts.Length, lines.Length);
        for (int i = 0; i < alerts.Length; i++)
        {
            string[] fields = lines[i].Split('|');
            DropAlert alert = alerts[i];
            Assert.Equal(alert.InterfaceName ?? (alert.InterfaceIndex is { } index ? $"ifindex {index}" : "unknown"), fields[0]);
            Assert.Equal(Epoch(alert.Timestamp), fields[1]);
            Assert.Equal(alert.Payload?.Length ?? 0, int.Parse(fields[2], CultureInfo.InvariantCulture));
            Assert.Equal(Math.Max(alert.OriginalLength ?? 0, alert.Payload?.Length ?? 0),
                int.Parse(fields[3], CultureInfo.InvariantCulture));
            foreach (string? part in new[] { alert.Reason, alert.Function, alert.Class.ToString(), alert.Line is { } line
                ? $":{line})" : null })
            {
                Assert.Contains(part ?? "", fields[4], StringComparison.Ordinal);
            }
        }
    }

    [Fact(Skip = "tshark is not on PATH", SkipUnless = nameof(HasTshark))]
    public void Tshark_dissects_the_bytes_with_and_without_a_link_layer_header()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp(), AlertSamples.Udp(1, AlertSamples.UdpFrame[14..])]);

        Assert.Equal(["127.0.0.1|4660|9", "127.0.0.1|4660|9"], Tshark(path, "ip.src", "udp.srcport", "udp.dstport"));
    }

    [Fact(Skip = "tshark is not on PATH", SkipUnless = nameof(HasTshark))]
    public void Tshark_finds_nothing_malformed_in_alerts_without_bytes()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Bare(),
            new DropAlert(AlertSamples.UdpSite, AlertSamples.Time) { OriginalLength = 60, InterfaceName = "lo" }]);

        Assert.Equal(["", ""], Tshark(path, "_ws.malformed"));
    }

    [Fact(Skip = "tshark is not on PATH", SkipUnless = nameof(HasTshark))]
    public void Tshark_reads_a_file_that_was_appended_to()
    {
        string path = _folder.File("a.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp()]);
        AlertFiles.Write(path, [AlertSamples.Udp()], new AlertWriteOptions { Append = true });

        Assert.Equal(["lo", "lo"], Tshark(path, "frame.interface_name"));
    }

    [Fact(Skip = "tshark is not on PATH", SkipUnless = nameof(HasTshark))]
    public void Tshark_passes_over_records_that_are_no_alerts()
    {
        string path = _folder.File("a.pcapng");
        using (AlertWriter writer = AlertFile.OpenWrite(path))
        {
            writer.WriteLedger(new DropLedger { SocketLost = 42 });
            writer.Write(AlertSamples.Udp());
        }

        Assert.Equal(["42"], Tshark(path, "frame.len"));
    }

    [Fact(Skip = "tshark is not on PATH", SkipUnless = nameof(HasTshark))]
    public void Alerts_survive_a_filter_in_tshark()
    {
        string path = _folder.File("a.pcapng");
        string filtered = _folder.File("filtered.pcapng");
        AlertFiles.Write(path, [AlertSamples.Udp(), AlertSamples.Bare(), AlertSamples.Full()]);

        Run("tshark", "-r", path, "-Y", "udp.dstport == 9", "-w", filtered);

        AlertAssert.Replay([AlertSamples.Udp(), AlertSamples.Full()], AlertFiles.Read(filtered));
    }

    [Fact(Skip = "editcap is not on PATH", SkipUnless = nameof(HasEditcap))]
    public void Alerts_survive_editcap()
    {
        string path = _folder.File("a.pcapng");
        string copy = _folder.File("copy.pcapng");
        AlertFiles.Write(path, Dissectable());

        Run("editcap", path, copy);

        AlertAssert.Replay(Dissectable(), AlertFiles.Read(copy));
    }

    // tshark prints times before 1970 and after 2262 in ways of its own.
    private static DropAlert[] Dissectable() =>
        AlertSamples.Varied().Where(a => a.Timestamp.Year is > 1970 and < 2200
            && a.InterfaceName?.Any(c => c is '|' or '\n' || char.IsControl(c)) != true
            && a.Function?.Any(c => char.IsControl(c)
                || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator) != true
            && a.Function?.Length is null or < 1000 && a.InterfaceName != "").ToArray();

    private static string Epoch(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return string.Create(CultureInfo.InvariantCulture,
            $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond:0000000}00");
    }

    private static string[] Tshark(string path, params string[] fields)
    {
        string output = Run("tshark", ["-n", "-r", path, "-T", "fields", "-E", "separator=|", "-E", "occurrence=f",
            .. fields.SelectMany(field => new[] { "-e", field })]);
        return output.Split('\n')[..^1];
    }

    private static string Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return output;
    }

    private static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, command)));
}
