using System.Text.Json;
using DropMon.Cli;
using DropMon.Files;
using DropMon.Monitoring.Preflight;
using DropMon.Preflight;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;
using DropMon.Sources;
using DropMon.Tests.Files;

namespace DropMon.Tests.Sources;

/// <summary>A source that DropMon has never heard of is added by one descriptor, and everything works with it.</summary>
[Collection("Console")]
public sealed class NewSourceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly SourceCatalog _catalog = new(new FakeDescriptor(_ => new FakeSource(1, 2, 1)), SourceCatalog.Default.Find("NetDm")!);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_watched_and_its_alerts_and_files_carry_its_name()
    {
        string path = _folder.File("a.jsonl");
        using (DropMonitor monitor = DropMonitor.Start(new DropMonitorOptions(), _catalog))
        {
            using AlertWriter writer = AlertFile.OpenWrite(path);
            var batch = new DropAlert[1];
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(1, monitor.Take(batch, Patience));
                Assert.Equal("Fake", batch[0].Source);
                writer.Write(batch[0]);
            }

            Assert.Equal(("Fake", "the tests' own fake"), (monitor.GetStatus().Source, monitor.GetStatus().SourceTitle));
            Assert.Contains("The fake sees only what a test shows it.", monitor.GetStatus().Notes);
        }

        Assert.Contains("\"Source\":\"Fake\"", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_measured()
    {
        using DropMeter meter = DropMeter.Start(new DropMonitorOptions { Source = "fake" }, new DropMeterOptions { By = [] }, _catalog);
        SpinWait.SpinUntil(() => meter.Total == 3, Patience);

        Assert.Equal(3, meter.Read()[0].Count);
    }

    [Fact]
    public void What_it_cannot_answer_is_refused_by_its_name_with_the_source_that_can()
    {
        var request = new DropMonitorOptions { Source = "Fake", Hardware = true };

        var error = Assert.Throws<OptionException>(() => DropMonitor.Start(request, _catalog));

        Assert.Equal("The fake does not report hardware drops.", error.Message);
        Assert.Equal("Use ⟨Source NetDm⟩, or leave out ⟨Hardware⟩.", error.Remedy);
    }

    [Fact]
    public void Its_checks_and_its_control_drop_are_part_of_the_preflight()
    {
        var catalog = new SourceCatalog(new FakeDescriptor
        {
            Lacking = new KernelFeatureMissingException(
            "FakeMissing", "There is no fake.", "Make one.")
        });
        PreflightReport report = PreflightRun.Run(catalog, patience: Patience);

        Assert.Contains(report.Results, result => result is { Name: "FakeNeeds", Status: PreflightStatus.Passed });
        Assert.Contains(report.Results, result =>
            result is { Name: "ControlDropFake", Status: PreflightStatus.Skipped, Remedy: "Make one." });
        Assert.Equal("No source of drops is available here. Fake: There is no fake.", report.Failure!.Message);
    }

    [Fact]
    public void The_command_watches_with_it_and_names_it()
    {
        (int code, string output, string errors) = Run("watch", "--count", "2", "--source", "fake");

        Assert.Equal(0, code);
        Assert.Contains("Watching with the tests' own fake. Ctrl+C ends it.", errors, StringComparison.Ordinal);
        Assert.Contains("Note: The fake sees only what a test shows it.", errors, StringComparison.Ordinal);
        Assert.Equal(2 + 1, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void The_command_writes_its_name_into_JSON()
    {
        (int code, string output, _) = Run("watch", "--count", "1", "--json");

        Assert.Equal(0, code);
        Assert.Equal("Fake", JsonDocument.Parse(output.Split('\n')[0]).RootElement.GetProperty("Source").GetString());
    }

    [Fact]
    public void The_command_measures_with_it_and_names_it()
    {
        (int code, string output, string errors) = Run("measure", "--duration", "0.3");

        Assert.Equal(0, code);
        Assert.Contains("3 packets counted, reported by the fake", errors, StringComparison.Ordinal);
        Assert.Contains("History", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_refuses_what_it_cannot_answer_and_offers_it_where_it_is_asked_what_there_is()
    {
        (int refused, _, string errors) = Run("watch", "--source", "Fake", "--stack-trace");
        (int unknown, _, string choice) = Run("watch", "--source", "Tracepoint");
        (_, string help, _) = Run("watch", "--help");

        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (refused, unknown));
        Assert.Contains("The fake does not record stack traces.", errors, StringComparison.Ordinal);
        Assert.Contains("--source takes Auto, Fake, NetDm", choice, StringComparison.Ordinal);
        Assert.Contains("Auto, Fake, NetDm", help, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        TextWriter formerOutput = Console.Out, formerErrors = Console.Error;
        using var errors = new StringWriter();
        using var text = new StringWriter();
        using var output = new MemoryStream();
        Console.SetOut(text);
        Console.SetError(errors);
        try
        {
            int code = CommandLine.Run(arguments, new CommandContext(_catalog, () => output));
            return (code, System.Text.Encoding.UTF8.GetString(output.ToArray()) + text, errors.ToString());
        }
        finally
        {
            Console.SetOut(formerOutput);
            Console.SetError(formerErrors);
        }
    }
}
