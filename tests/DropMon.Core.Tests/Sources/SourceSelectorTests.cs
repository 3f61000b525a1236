using DropMon.Filters;
using DropMon.Model.Fields;
using DropMon.Sources;

namespace DropMon.Tests.Sources;

public class SourceSelectorTests
{
    private static readonly DropFilter ByTransport = DropFilter.None.With(FilterField.Protocol, "UDP");
    private static readonly DropFilter ByNetwork = DropFilter.None.With(FilterField.Protocol, "IPv6");
    private static readonly DropFilter ByInterface = DropFilter.None.With(FilterField.InterfaceName, "*");

    public static TheoryData<SourceRequest> Unusable => new((SourceRequest[])
    [
        new() { Source = "Tracepoint", Filter = ByInterface },
        new() { Source = "Tracepoint", Filter = ByTransport },
        new() { Source = "Tracepoint", Filter = DropFilter.None.With(FilterField.Address, "10.0.0.0/8") },
        new() { Source = "Tracepoint", Filter = DropFilter.None.With(FilterField.DestinationPort, "53") },
        new() { Source = "NetDm", Filter = DropFilter.None.With(FilterField.NetworkNamespace, "1") },
        new() { Source = "NetDm", Filter = DropFilter.None.With(FilterField.ProcessName, "named") },
        new() { Mode = DropAlertMode.Summary, Filter = DropFilter.None.With(FilterField.Port, "53") },
        new() { Source = "Tracepoint", StackTrace = true, Filter = ByTransport },
        new() { Source = "Tracepoint", Hardware = true },
        new() { Source = DropSourceName.Auto, StackTrace = true, Hardware = true },
        new() { Source = "Tracepoint", Mode = DropAlertMode.Summary },
        new() { StackTrace = true, Mode = DropAlertMode.Summary },
        new() { Source = "NetDm", StackTrace = true },
        new() { Source = "NetDm", Mode = DropAlertMode.Summary, Filter = ByInterface },
        new() { Mode = DropAlertMode.Summary, Filter = DropFilter.None.With(FilterField.Reason, "NO_SOCKET") },
        new() { Mode = DropAlertMode.Summary, Filter = DropFilter.None.With(FilterField.Protocol, "UDP") },
        new() { TruncationLength = -1 },
        new() { QueueLength = 0 },
        new() { RingSize = 12_288 },
        new() { RingSize = 64 },
    ]);

    public static TheoryData<SourceRequest> Usable => new((SourceRequest[])
    [
        new(),
        new() { Filter = ByInterface },
        new() { Source = "NetDm", Filter = ByTransport },
        new() { Source = "Tracepoint", Filter = ByNetwork },
        new() { Source = "Tracepoint", Filter = DropFilter.None.With(FilterField.ProcessName, "named") },
        new() { Source = "NetDm", Filter = DropFilter.None.With(FilterField.Address, "10.0.0.0/8").With(FilterField.Port, "53") },
        new() { Filter = DropFilter.None.With(FilterField.NetworkNamespace, "1") },
        new() { Source = "NetDm", Hardware = true, Filter = ByInterface },
        new() { Source = "Tracepoint", StackTrace = true, RingSize = 65_536 },
        new() { StackTrace = true, Filter = ByTransport },
        new() { Source = DropSourceName.Auto, StackTrace = true, Filter = ByInterface },
        new() { Mode = DropAlertMode.Summary, Filter = DropFilter.None.With(FilterField.Function, "*") },
        new() { TruncationLength = 0 },
    ]);

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Options_that_would_let_nothing_through_are_refused_with_what_to_use_instead(SourceRequest options) =>
        Assert.NotEmpty(Assert.Throws<OptionException>(() => new SourceSelector(SourceCatalog.Default).FindCandidates(options)).Remedy!);

    [Theory]
    [MemberData(nameof(Usable))]
    public void Options_that_can_work_are_let_through(SourceRequest options) =>
        new SourceSelector(SourceCatalog.Default).FindCandidates(options);

    [Fact]
    public void A_name_is_taken_in_any_case_and_an_unknown_one_is_refused_with_those_that_there_are()
    {
        Assert.Equal("NetDm", Assert.Single(Selector().FindCandidates(new SourceRequest { Source = "netdm" })).Name);
        Assert.Equal("Did you mean Tracepoint?",
            Assert.Throws<OptionException>(() => Selector().FindCandidates(new SourceRequest { Source = "Tracepiont" })).Remedy);
        Assert.Equal("Use Auto or Fake.", Assert.Throws<OptionException>(
            () => Selector(Fake()).FindCandidates(new SourceRequest { Source = "x\u001b" })).Remedy);
    }

    [Fact]
    public void The_first_source_that_opens_is_taken_and_the_note_tells_what_the_others_lack()
    {
        OpenedSource opened = Selector(Fake(), Fake(_ => new FakeSource())).Open(new SourceRequest());

        Assert.Equal("The fake is the source, because the fake is unavailable: There is no fake here.", opened.Note);
    }

    [Fact]
    public void The_first_source_needs_no_note() => Assert.Null(Selector(Fake(_ => new FakeSource())).Open(new SourceRequest()).Note);

    [Fact]
    public void Where_none_opens_the_error_has_every_reason_and_every_remedy()
    {
        var error = Assert.Throws<NoSourceException>(() => Selector(Fake(), Fake(), Fake()).Open(new SourceRequest()));

        Assert.Equal(3, error.Failures.Count);
        Assert.Equal(4, error.Message.Split("Fake: There is no fake here.").Length);
        Assert.Equal(4, error.Remedy!.Split("For the fake: Make one.").Length);
    }

    [Fact]
    public void What_only_another_source_can_do_decides_and_the_note_says_so()
    {
        var able = new FakeDescriptor(_ => new FakeSource()) { AllFeatures = SourceFeatures.StackTraces };

        OpenedSource opened = Selector(Fake(_ => throw new InvalidOperationException("Not asked.")), able)
            .Open(new SourceRequest { StackTrace = true });

        Assert.Equal("The fake is the source, because only it records stack traces.", opened.Note);
    }

    [Fact]
    public void What_only_a_source_can_do_that_does_not_open_is_an_option_that_does_not_go()
    {
        var able = new FakeDescriptor() { Content = DropContent.Interface };

        var error = Assert.Throws<OptionException>(
            () => Selector(Fake(_ => new FakeSource()), able).Open(new SourceRequest { Filter = ByInterface }));

        Assert.StartsWith("Only the fake reports the interface, and it is unavailable: There is no fake here.", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_was_asked_for_and_that_the_kernel_lacks_tells_of_the_others_that_can_answer()
    {
        var error = Assert.Throws<KernelFeatureMissingException>(
            () => Selector(Fake(), new FakeDescriptor { OwnName = "Other" }).Open(new SourceRequest { Source = "Fake" }));

        Assert.Equal("Make one. Or use ⟨Source Other⟩.", error.Remedy);
    }

    [Fact]
    public void A_source_that_was_opened_and_fails_is_disposed()
    {
        var source = new FailingSource();

        Assert.Throws<OptionException>(() => new FakeDescriptor(_ => source).Open(new SourceRequest()));

        Assert.True(source.IsDisposed);
    }

    private static FakeDescriptor Fake(Func<SourceRequest, IDropSource>? create = null) => create is null
        ? new FakeDescriptor() : new FakeDescriptor(create);

    private static SourceSelector Selector(params SourceDescriptor[] sources) =>
        new(sources.Length == 0 ? SourceCatalog.Default : new SourceCatalog(sources));

    private sealed class FailingSource : IDropSource
    {
        public SourceDescriptor Descriptor { get; } = new FakeDescriptor();

        public SourceSettings Settings { get; } = new("");

        public IReadOnlyList<string> Notes => [];

        public IReadOnlyList<string> Warnings => [];

        public DropMon.Reasons.KernelReasonTable? Reasons => null;

        public TimeSpan ReportingDelay => TimeSpan.Zero;

        public bool IsDisposed { get; private set; }

        public void Open() => throw new OptionException("It does not open.", "Let it be.");

        public void Run(IRawDropConsumer consumer, SourceControl control) => throw new InvalidOperationException("It is not open.");

        public SourceTotals ReadTotals() => SourceTotals.None;

        public void Dispose() => IsDisposed = true;
    }
}
