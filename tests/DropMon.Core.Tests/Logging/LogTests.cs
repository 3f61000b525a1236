using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using DropMon.Cli;
using DropMon.Evidence;
using DropMon.Filters;
using DropMon.Logging;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Sources.Ebpf;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Logging;

/// <summary>What the engine logs. Other tests log beside these: each looks for names of its own.</summary>
[Collection("Console")]
public sealed class LogTests
{
    private static readonly KernelFeatureMissingException NoFake = new("LogFakeMissing", "There is no fake for the log.", "Make one.");

    [Fact]
    public void ItsEventsHaveTheArgumentsThatTheirManifestDeclares() =>
        Assert.NotEmpty(EventSource.GenerateManifest(typeof(DropMonEvents), "", EventManifestOptions.Strict)!);

    [Fact]
    public void ASourceThatIsRefusedIsLoggedWithItsReasonAndIsNoDetail()
    {
        LogLine[] lines = Log(details: false, () => Open(new SourceCatalog(Refusing(), Working("LoggedSecond"))).Dispose());

        Assert.Equal(
            new LogLine(
                "SourceRefused", "The source LoggedFirst is unavailable (LogFakeMissing): There is no fake for the log.", IsDetail: false),
            Assert.Single(lines, line => line.Text.Contains("LoggedFirst", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheFallbackIsLoggedWithItsReasonWhereDetailsAreWanted()
    {
        LogLine[] lines = Log(details: true, () => Open(new SourceCatalog(Refusing(), Working("LoggedFallback"))).Dispose());

        Assert.Contains(lines, line => line is { Event: "SourceChosen", IsDetail: true }
            && line.Text.StartsWith("The source LoggedFallback was chosen. The fake is the source, because", StringComparison.Ordinal));
    }

    [Fact]
    public void ASessionLogsThatItsSourceIsOpenWhatItsListenerFiltersAndThatItIsClosed()
    {
        LogLine[] lines = Log(details: true, () =>
        {
            using DropSession session = Open(new SourceCatalog(Working("LoggedWhole")));
            session.Listen(new ListenerOptions { Filter = DropFilter.None.With(FilterField.Function, "logged_function") });
        });

        Assert.Equal(
            ["SourceOpened", "FilterApplied", "SourceClosed"],
            lines.Where(line => line.Text.Contains("LoggedWhole", StringComparison.Ordinal)
                || line.Text.Contains("logged_function", StringComparison.Ordinal)).Select(line => line.Event));
    }

    [Fact]
    public void AProbeLogsWhatItFoundInHowLong()
    {
        var query = new EvidenceQuery { Reason = "IP_RPFILTER" };
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        LogLine[] lines = Log(details: true, () => Assert.NotNull(EvidenceCollector.Create().Collect(query, cancellation).ToArray()));

        Assert.Contains(lines, line => line.Event == "ProbeRun"
            && line.Text.StartsWith("ReversePathProbe looked at this machine in ", StringComparison.Ordinal));
    }

    [Fact]
    public void NothingIsReadAfterTheReaderWasDisposed()
    {
        var lines = new ConcurrentQueue<LogLine>();
        new LogReader(details: true, lines.Enqueue).Dispose();

        Open(new SourceCatalog(Working("LoggedLate"))).Dispose();

        Assert.DoesNotContain(lines, line => line.Text.Contains("LoggedLate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheCommandWritesTheLogToStandardErrorWhereItIsAskedTo(bool isVerbose)
    {
        var catalog = new SourceCatalog(Refusing(), Working("LoggedCommand"));
        string[] arguments = ["watch", "--count", "1", "--json"];
        TextWriter former = Console.Error;
        using var errors = new StringWriter();
        using var output = new MemoryStream();
        Console.SetError(TextWriter.Synchronized(errors));
        try
        {
            CommandLine.Run(isVerbose ? [.. arguments, "--verbose"] : arguments, new CommandContext(catalog, () => output));
        }
        finally
        {
            Console.SetError(former);
        }

        Assert.Equal(
            isVerbose,
            errors.ToString().Contains(
                "Log: The source LoggedFirst is unavailable (LogFakeMissing): There is no fake for the log.", StringComparison.Ordinal));
        Assert.Equal(isVerbose, errors.ToString().Contains("Log: The source LoggedCommand is open", StringComparison.Ordinal));
        Assert.DoesNotContain("Log:", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheVerifierRefusesIsLoggedToItsEndAndCannotSteerATerminal()
    {
        string verifierLog = string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"logged state {i}")) + "\nlogged \u001b[2J refusal\n";

        LogLine[] lines = [.. Log(details: true, () => ProgramLog.Refused(verifierLog))
            .Where(line => line.Text.Contains("logged ", StringComparison.Ordinal) && line.Event == "VerifierLine")];

        Assert.Equal("verifier: logged \\u001b[2J refusal", lines[^1].Text);
        Assert.InRange(lines.Length, 2, 200);
        Assert.DoesNotContain(
            Log(details: false, () => ProgramLog.Refused("logged once")),
            line => line.Text.Contains("logged once", StringComparison.Ordinal));
    }

    private static LogLine[] Log(bool details, Action act)
    {
        var lines = new ConcurrentQueue<LogLine>();
        using (new LogReader(details, lines.Enqueue))
        {
            act();
        }

        return [.. lines];
    }

    private static DropSession Open(SourceCatalog catalog) => DropSession.Open(new SourceRequest(), catalog);

    private static FakeDescriptor Refusing() => new(_ => throw NoFake) { OwnName = "LoggedFirst" };

    private static FakeDescriptor Working(string name)
    {
        FakeDescriptor? descriptor = null;
        return descriptor = new FakeDescriptor(_ => new FakeSource(1) { Descriptor = descriptor! }) { OwnName = name };
    }
}
