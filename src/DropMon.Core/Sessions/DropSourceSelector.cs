using System.Numerics;
using DropMon.Filters;
using DropMon.Native;
using DropMon.Sources;
using DropMon.Sources.NetDm;
using DropMon.Sources.Tracepoint;

namespace DropMon.Sessions;

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

    internal static void Validate(DropMonitorOptions options)
    {
        FilterSense.RequireOnThisMachine(options.Filter);
        Require(options.Capacity >= 1, "-Capacity", options.Capacity, "at least 1");
        Require(options.TruncationLength >= 0, "-TruncationLength", options.TruncationLength, "0, for whole packets, or more");
        Require(options.QueueLength >= 1, "-QueueLength", options.QueueLength, "at least 1");
        if (options.RingSize is { } ringSize)
        {
            Require(ringSize >= Environment.SystemPageSize && BitOperations.IsPow2(ringSize), "The ring size", ringSize, $"a power of two of at least {Environment.SystemPageSize}");
        }

        // Only the tracepoint records stacks.
        if (options.Source == DropSourceChoice.Tracepoint || (options.Source == DropSourceChoice.Auto && options.StackTrace))
        {
            RequireTracepointTells(options.Filter);
            if (options.Hardware)
            {
                throw new OptionException("The tracepoint does not see drops of hardware.", "Use -Source NetDm, without -StackTrace; or leave out -Hardware.");
            }

            if (options.Mode == DropAlertMode.Summary)
            {
                throw new OptionException("The tracepoint reports every drop: it has no summaries.", "Use -Source NetDm, without -StackTrace; or leave out -Mode Summary, and count with Measure-NetDrop or dropmon measure.");
            }
        }

        if (options.Source == DropSourceChoice.NetDm && options.StackTrace)
        {
            throw new OptionException("The drop monitor does not record stack traces.", "Use -Source Tracepoint, or leave out -StackTrace.");
        }

        if (options.Source != DropSourceChoice.Tracepoint && !options.StackTrace && options.Mode == DropAlertMode.Summary && SummaryBlindSpot(options.Filter) is { } parameter)
        {
            throw new OptionException($"A summary tells only the place and the number of drops, so {parameter} would let nothing through.", $"Use -Mode Packet, or leave out {parameter}.");
        }
    }

    /// <summary>Makes sure that drops of the tracepoint have what a filter asks about.</summary>
    /// <exception cref="OptionException">They lack it.</exception>
    public static void RequireTracepointTells(DropFilter filter)
    {
        if (filter.InterfaceName is not null)
        {
            throw new OptionException(
                "The tracepoint does not tell the interface, so -InterfaceName would let nothing through.",
                "Use -Source NetDm, without -StackTrace, on a kernel that has the drop monitor; or leave out -InterfaceName.");
        }

        if (FilterSense.NeedsBytes(filter) is { } protocol)
        {
            throw new OptionException(
                $"The tracepoint does not give the packet's bytes, so -Protocol {SafeText.Escape(protocol)} would let nothing through.",
                "Use -Class, such as -Class Udp or Tcp; or -Source NetDm, without -StackTrace, on a kernel that has the drop monitor.");
        }
    }

    private static string? SummaryBlindSpot(DropFilter filter) =>
        filter.Reason is not null ? "-Reason" : filter.InterfaceName is not null ? "-InterfaceName" : filter.Protocol is not null ? "-Protocol" : null;

    private static void Require(bool isMet, string option, int value, string needed)
    {
        if (!isMet)
        {
            throw new OptionException($"{option} cannot be {value}.", $"Give {needed}.");
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

        (string What, string Instead)? needed = options.Hardware ? ("drops of hardware", "Leave out -Hardware")
            : options.Filter.InterfaceName is not null ? ("the interface", "Leave out -InterfaceName")
            : FilterSense.NeedsBytes(options.Filter) is { } protocol ? ($"whether a packet is {SafeText.Escape(protocol)}", "Use -Class, such as -Class Udp or Tcp, instead of -Protocol")
            : null;
        if (needed is { } need)
        {
            throw new OptionException($"Only the drop monitor tells {need.What}, and it cannot be had: {netDm.Message}", $"{need.Instead}; or let the drop monitor be had: Test-DropMonitor, or dropmon doctor, says what that takes.");
        }

        try
        {
            return new OpenedSource(OpenTracepoint(options), $"The tracepoint is the source, {(options.Mode == DropAlertMode.Summary ? "and reports every drop instead of a summary, " : "")}since the drop monitor cannot be had: {netDm.Message}");
        }
        catch (DropMonException tracepoint)
        {
            throw new NoSourceException(netDm, tracepoint);
        }
    }

    private static NetDmSource OpenNetDm(DropMonitorOptions options)
    {
        var source = new NetDmSource(options.ForNetDm());
        OpenOrDispose(source);
        // Who had it on before has the say about its mode.
        if (source.Configuration.Mode == DropAlertMode.Summary && SummaryBlindSpot(options.Filter) is { } parameter)
        {
            bool isForeign = source.IsListeningAlong;
            source.Dispose();
            throw new OptionException(
                $"{(isForeign ? "Somebody else" : "Another DropMon session")} has the drop monitor on in summary mode. A summary tells only the place and the number of drops, so {parameter} would let nothing through.",
                isForeign ? $"Take it over with -Force, or leave out {parameter}." : $"Leave out {parameter}, or end the other session first.");
        }

        return source;
    }

    private static IDropSource OpenTracepoint(DropMonitorOptions options) =>
        OpenOrDispose(new TracepointSource(new TracepointOptions { StackTrace = options.StackTrace, RingSize = options.RingSize }));

    private static IDropSource OpenOrDispose(IDropSource source)
    {
        try
        {
            source.Open();
            return source;
        }
        catch (IOException error) when (SyscallException.TellsExhaustion(error))
        {
            source.Dispose();
            throw SyscallException.FromExhaustion(error, "Opening what the source reads");
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
