using DropMon.Sessions;

namespace DropMon.KernelTests.Kernel;

/// <summary>One way to hear of drops. A scenario that is about drops, not about the way, runs once for each.</summary>
public enum SourceUnderTest
{
    /// <summary>The drop monitor, every packet.</summary>
    NetDmPacket,

    /// <summary>The drop monitor, counts.</summary>
    NetDmSummary,

    /// <summary>The tracepoint.</summary>
    Tracepoint,

    /// <summary>The eBPF program.</summary>
    Ebpf,
}

/// <summary>What a source needs and how it is asked for.</summary>
internal static class SourceUnderTestExtensions
{
    public static KernelFeature Feature(this SourceUnderTest source) => source switch
    {
        SourceUnderTest.Tracepoint => KernelFeature.Tracepoint,
        SourceUnderTest.Ebpf => KernelFeature.Ebpf,
        _ => KernelFeature.NetDm,
    };

    public static DropMonitorOptions Options(this SourceUnderTest source) => new()
    {
        Source = source is SourceUnderTest.Tracepoint or SourceUnderTest.Ebpf ? source.ToString() : "NetDm",
        Mode = source == SourceUnderTest.NetDmSummary ? DropAlertMode.Summary : DropAlertMode.Packet,
    };

    /// <summary>The same for the command line.</summary>
    public static string[] Arguments(this SourceUnderTest source) => source switch
    {
        SourceUnderTest.Tracepoint or SourceUnderTest.Ebpf => ["--source", source.ToString()],
        SourceUnderTest.NetDmSummary => ["--source", "NetDm", "--mode", "Summary"],
        _ => ["--source", "NetDm"],
    };

    /// <summary>Whether this kernel gives reasons through it.</summary>
    public static bool TellsReasons(this SourceUnderTest source, KernelUnderTest kernel) => source switch
    {
        SourceUnderTest.NetDmPacket => kernel.Has(KernelFeature.NetDmReasons),
        SourceUnderTest.Tracepoint or SourceUnderTest.Ebpf => kernel.Has(KernelFeature.TracepointReasons),
        _ => false,
    };
}
