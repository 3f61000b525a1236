using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Conditions;

/// <summary>Who stops reading.</summary>
public enum Stalled
{
    /// <summary>DropMon itself, which is held still: the kernel's buffers fill.</summary>
    Session,

    /// <summary>Whoever reads what it writes: the pipe fills, then DropMon's own buffer.</summary>
    Pipeline,
}

/// <summary>One minute in which nobody reads, under steady drops, for all sessions that are to live through it.</summary>
public sealed class StalledReaders(KernelUnderTest kernel)
{
    private const int Seconds = 60;
    private const int PerSecond = 200;
    public const int Datagrams = Seconds * PerSecond;

    private Dictionary<(SourceUnderTest Source, Stalled Who), (long Delivered, long Missing)>? _seen;

    /// <summary>How many datagrams a session wrote, and how many its ledger says it did not write.</summary>
    internal (long Delivered, long Missing) Of(SourceUnderTest source, Stalled who) => (_seen ??= LiveThrough())[(source, who)];

    private Dictionary<(SourceUnderTest Source, Stalled Who), (long Delivered, long Missing)> LiveThrough()
    {
        var sessions = new Dictionary<(SourceUnderTest Source, Stalled Who), DropmonProcess>();
        try
        {
            foreach (SourceUnderTest source in ((SourceUnderTest[])[SourceUnderTest.NetDmPacket, SourceUnderTest.Tracepoint])
                .Where(source => kernel.Has(source.Feature())))
            {
                sessions.Add((source, Stalled.Session), DropmonProcess.Watch(source));
                sessions.Add((source, Stalled.Pipeline), DropmonProcess.Watch(source));
            }

            using var traffic = DropTraffic.Ipv4();
            foreach (((_, Stalled who), DropmonProcess session) in sessions)
            {
                Stall(session, who);
            }

            for (int second = 0; second < Seconds; second++)
            {
                traffic.Send(PerSecond);
                // Nothing is waited for: the minute is what they live through.
                Thread.Sleep(TimeSpan.FromSeconds(1));
            }

            return sessions.ToDictionary(session => session.Key, session => End(session.Value, session.Key.Who, traffic));
        }
        finally
        {
            foreach (DropmonProcess session in sessions.Values)
            {
                session.Dispose();
            }
        }
    }

    private static void Stall(DropmonProcess session, Stalled who)
    {
        if (who == Stalled.Session)
        {
            session.Signal(Signals.Stop);
        }
        else
        {
            session.StopReading();
        }
    }

    private static (long Delivered, long Missing) End(DropmonProcess session, Stalled who, DropTraffic traffic)
    {
        if (who == Stalled.Session)
        {
            session.Signal(Signals.Continue);
        }

        session.Signal(Signals.Terminate);
        session.ReadOn();
        string[] lines = session.ReadToEnd();
        using JsonDocument ledger = JsonDocument.Parse(lines[^1]);
        long Number(string name) => ledger.RootElement.GetProperty(name).GetInt64();
        return (DropmonProcess.Parse(lines).Where(traffic.Owns).Sum(alert => alert.Count), Number("TotalLost") + Number("Unread"));
    }
}
