using DropMon.NetDm;
using DropMon.Tracepoint;

namespace DropMon.Monitoring;

/// <summary>Opens the source that was asked for, or the best that this machine has.</summary>
internal static class DropSourceSelector
{
    /// <summary>Opens a source.</summary>
    /// <exception cref="DropMonException">None can be had; the message names what each lacks.</exception>
    public static OpenedSource Open(DropMonitorOptions options)
    {
        Validate(options);
        return options.Source switch
        {
            DropSourceChoice.NetDm => new OpenedSource(OpenNetDm(options), null),
            DropSourceChoice.Tracepoint => new OpenedSource(OpenTracepoint(options), null),
            _ => OpenBest(options),
        };
    }

    private static void Validate(DropMonitorOptions options)
    {
        if (options.Source == DropSourceChoice.Tracepoint)
        {
            if (options.Filter.InterfaceName is not null)
            {
                throw new OptionException(
                    "The tracepoint does not tell the interface, so -InterfaceName would let nothing through.",
                    "Use -Source NetDm on a kernel that has the drop monitor, or leave out -InterfaceName.");
            }

            if (options.Hardware)
            {
                throw new OptionException("The tracepoint does not see drops of hardware.", "Use -Source NetDm, or leave out -Hardware.");
            }
        }

        if (options.Source == DropSourceChoice.NetDm && options.StackTrace)
        {
            throw new OptionException("The drop monitor does not record stack traces.", "Use -Source Tracepoint, or leave out -StackTrace.");
        }
    }

    private static OpenedSource OpenBest(DropMonitorOptions options)
    {
        // What only one of them can do decides.
        if (options.StackTrace)
        {
            return new OpenedSource(OpenTracepoint(options), "The tracepoint is the source, since only it records stack traces.");
        }

        DropMonException netDm;
        try
        {
            return new OpenedSource(OpenNetDm(options), null);
        }
        catch (DropMonException error)
        {
            netDm = error;
        }

        if (options.Hardware || options.Filter.InterfaceName is not null)
        {
            throw new OptionException(
                $"Only the drop monitor tells {(options.Hardware ? "drops of hardware" : "the interface")}, and it cannot be had: {netDm.Message}",
                $"{netDm.Remedy} Or leave out {(options.Hardware ? "-Hardware" : "-InterfaceName")}.");
        }

        try
        {
            return new OpenedSource(OpenTracepoint(options), $"The tracepoint is the source, since the drop monitor cannot be had: {netDm.Message}");
        }
        catch (DropMonException tracepoint)
        {
            throw new NoSourceException(netDm, tracepoint);
        }
    }

    private static IDropSource OpenNetDm(DropMonitorOptions options) => OpenOrDispose(new NetDmSource(options.ForNetDm()));

    private static IDropSource OpenTracepoint(DropMonitorOptions options) =>
        OpenOrDispose(new TracepointSource(new TracepointOptions { StackTrace = options.StackTrace, RingSize = options.RingSize }));

    private static IDropSource OpenOrDispose(IDropSource source)
    {
        try
        {
            source.Open();
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>A source, and why it was chosen where that needs saying.</summary>
    internal readonly record struct OpenedSource(IDropSource Source, string? Note);
}
