using DropMon.NetDm;
using DropMon.Tracepoint;

namespace DropMon.Monitoring;

/// <summary>Opens the source that was asked for, or the best that this machine has.</summary>
internal static class DropSourceSelector
{
    /// <summary>Opens a source.</summary>
    /// <exception cref="DropMonException">None can be had; the message names what each lacks.</exception>
    public static IDropSource Open(DropMonitorOptions options)
    {
        Validate(options);
        return options.Source switch
        {
            DropSourceChoice.NetDm => OpenNetDm(options),
            DropSourceChoice.Tracepoint => OpenTracepoint(options),
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

    private static IDropSource OpenBest(DropMonitorOptions options)
    {
        // What only one of them can do decides.
        if (options.StackTrace)
        {
            return OpenTracepoint(options);
        }

        if (options.Hardware || options.Filter.InterfaceName is not null)
        {
            return OpenNetDm(options);
        }

        DropMonException netDm;
        try
        {
            return OpenNetDm(options);
        }
        catch (DropMonException error)
        {
            netDm = error;
        }

        try
        {
            return OpenTracepoint(options);
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
}
