using System.Diagnostics;
using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>Whoever reads ahead gets what whoever reads step by step gets.</summary>
public sealed class ReadAheadTests : IDisposable
{
    private const int ManyAlerts = 5000;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Every_alert_comes_in_the_order_of_the_file(string extension)
    {
        string path = Write(extension);

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path, readAhead: true);

        Assert.Empty(errors);
        Assert.Equal(Enumerable.Range(0, ManyAlerts), alerts.Select(alert => alert.ProcessId!.Value));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_file_that_is_cut_off_gives_what_is_whole_and_one_error_with_the_same_offset(string extension)
    {
        string path = Write(extension);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 10);
        }

        (List<DropAlert> expected, List<CaptureException> expectedErrors) = AlertFiles.ReadAllowingErrors(path);
        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(path, readAhead: true);

        Assert.Equal(expected.Count, alerts.Count);
        Assert.Equal(Assert.Single(expectedErrors).Message, Assert.Single(errors).Message);
    }

    [Fact]
    public void Damage_in_the_middle_is_told_where_it_stands_and_reading_goes_on_behind_it()
    {
        string path = Write("jsonl");
        string[] lines = File.ReadAllLines(path);
        lines[1001] = "no JSON";
        File.WriteAllLines(path, lines);
        using AlertReader reader = AlertFile.OpenRead(path, readAhead: true);
        var before = new List<int>();

        var error = Assert.Throws<CaptureException>(() =>
        {
            while (reader.TryRead(out DropAlert? alert))
            {
                before.Add(alert.ProcessId!.Value);
            }
        });

        Assert.True(error.CanContinue);
        Assert.Equal(Enumerable.Range(0, 1000), before);
        Assert.True(reader.TryRead(out DropAlert? next));
        Assert.Equal(1001, next.ProcessId);
    }

    [Fact]
    public void Header_and_ledger_are_there_when_the_last_alert_is_read()
    {
        string path = _folder.File("a.jsonl");
        using (AlertWriter writer = AlertFile.OpenWrite(path))
        {
            writer.Write(AlertSamples.Bare());
            writer.WriteLedger(new DropLedger { Received = 1 });
        }

        using AlertReader plain = AlertFile.OpenRead(path);
        using AlertReader ahead = AlertFile.OpenRead(path, readAhead: true);
        Assert.Equal(plain.ReadAll().Count(), ahead.ReadAll().Count());

        Assert.Equal(plain.Header, ahead.Header);
        Assert.NotNull(ahead.Ledger);
        Assert.Equal(plain.Position, ahead.Position);
    }

    [Fact]
    public void A_caller_who_has_had_enough_need_not_read_to_the_end()
    {
        string path = Write("jsonl");
        using (AlertReader reader = AlertFile.OpenRead(path, readAhead: true))
        {
            Assert.True(reader.TryRead(out _));
        }

        // The file's handle is closed, too: nobody reads on.
        // Other tests close files meanwhile: of a descriptor that has gone this is null.
        string[] open = Directory.GetFiles("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget ?? string.Empty).ToArray();
        Assert.DoesNotContain(path, open);
    }

    [Fact]
    public async Task The_alerts_of_a_pipe_are_not_held_back_until_there_are_many()
    {
        string pipe = _folder.File("pipe");
        using (Process make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, make.ExitCode);
        }

        string source = _folder.File("a.jsonl");
        AlertFiles.Write(source, [AlertSamples.Bare()]);
        byte[] lines = await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken);
        Task<AlertReader> opening = Task.Run(() => AlertFile.OpenRead(pipe, readAhead: true), TestContext.Current.CancellationToken);
        await using FileStream writer = new(pipe, FileMode.Open, FileAccess.Write, FileShare.Read, 0);
        await writer.WriteAsync(lines, TestContext.Current.CancellationToken);
        using AlertReader reader = await opening;

        // The writer's end stays open: to wait for more would be to wait for ever.
        Task<bool> reading = Task.Run(() => reader.TryRead(out _), TestContext.Current.CancellationToken);
        Assert.True(await reading.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private string Write(string extension)
    {
        string path = _folder.File("a." + extension);
        AlertFiles.Write(path, Enumerable.Range(0, ManyAlerts)
            .Select(i => new DropAlert(new DropSite { Function = "f" }, AlertSamples.Time) { ProcessId = i }));
        return path;
    }
}
