using DropMon.Filters;
using DropMon.Sessions;

namespace DropMon.Tests.Sessions;

public class DropSourceSelectorTests
{
    private static readonly DropFilter ByTransport = new() { Protocol = name => name == "UDP", ProtocolPatterns = [new FilterPattern("UDP", name => name == "UDP")] };
    private static readonly DropFilter ByNetwork = new() { Protocol = name => name == "IPv6", ProtocolPatterns = [new FilterPattern("IPv6", name => name == "IPv6")] };
    private static readonly DropFilter ByInterface = new() { InterfaceName = _ => true };

    public static TheoryData<DropMonitorOptions> Unusable => new((DropMonitorOptions[])
    [
        new() { Source = DropSourceChoice.Tracepoint, Filter = ByInterface },
        new() { Source = DropSourceChoice.Tracepoint, Filter = ByTransport },
        new() { StackTrace = true, Filter = ByTransport },
        new() { Source = DropSourceChoice.Tracepoint, Hardware = true },
        new() { Source = DropSourceChoice.Auto, StackTrace = true, Filter = ByInterface },
        new() { Source = DropSourceChoice.Auto, StackTrace = true, Hardware = true },
        new() { Source = DropSourceChoice.Tracepoint, Mode = DropAlertMode.Summary },
        new() { StackTrace = true, Mode = DropAlertMode.Summary },
        new() { Source = DropSourceChoice.NetDm, StackTrace = true },
        new() { Source = DropSourceChoice.NetDm, Mode = DropAlertMode.Summary, Filter = ByInterface },
        new() { Mode = DropAlertMode.Summary, Filter = new DropFilter { Reason = _ => true } },
        new() { Mode = DropAlertMode.Summary, Filter = new DropFilter { Protocol = _ => true } },
        new() { Capacity = 0 },
        new() { TruncationLength = -1 },
        new() { QueueLength = 0 },
        new() { RingSize = 12_288 },
        new() { RingSize = 64 },
    ]);

    public static TheoryData<DropMonitorOptions> Usable => new((DropMonitorOptions[])
    [
        new(),
        new() { Filter = ByInterface },
        new() { Source = DropSourceChoice.NetDm, Filter = ByTransport },
        new() { Source = DropSourceChoice.Tracepoint, Filter = ByNetwork },
        new() { Source = DropSourceChoice.NetDm, Hardware = true, Filter = ByInterface },
        new() { Source = DropSourceChoice.Tracepoint, StackTrace = true, RingSize = 65_536 },
        new() { Mode = DropAlertMode.Summary, Filter = new DropFilter { Function = _ => true } },
        new() { TruncationLength = 0 },
    ]);

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Options_that_would_let_nothing_through_are_refused_with_what_to_use_instead(DropMonitorOptions options) =>
        Assert.NotEmpty(Assert.Throws<OptionException>(() => DropSourceSelector.Validate(options)).Remedy!);

    [Theory]
    [MemberData(nameof(Usable))]
    public void Options_that_can_work_are_let_through(DropMonitorOptions options) => DropSourceSelector.Validate(options);
}
