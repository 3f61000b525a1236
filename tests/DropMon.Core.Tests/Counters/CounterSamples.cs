using DropMon.Counters;
using DropMon.Reasons;

namespace DropMon.Tests.Counters;

/// <summary>Counters and snapshots as a test needs them.</summary>
internal static class CounterSamples
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static CounterReading Reading(string name, long value) => new(CounterName.Parse(name), value);

    public static DropCounter Counter(CounterReading reading, double seconds = 0) =>
        new(Start.AddSeconds(seconds), "a test", reading, CounterKnowledge.Embedded.Describe(reading.Counter));

    public static DropCounter Counter(string name, long value, double seconds = 0) => Counter(Reading(name, value), seconds);

    public static DropCounterSnapshot Snapshot(double seconds, params CounterReading[] readings) =>
        new(Start.AddSeconds(seconds), [.. readings.Select(reading => Counter(reading, seconds))], []);

    public static CounterReading Socket(long drops, string process, int port = 5000) => new(new CounterName("Socket", "drops"), drops)
    {
        Class = DropClass.Udp,
        Socket = new DropCounterSocket
        {
            Protocol = "udp",
            LocalAddress = System.Net.IPAddress.Loopback,
            LocalPort = port,
            Inode = (ulong)port,
            ProcessId = 42,
            ProcessName = process
        },
    };
}
