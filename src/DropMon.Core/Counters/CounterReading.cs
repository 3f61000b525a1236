using System.Globalization;
using DropMon.Reasons;

namespace DropMon.Counters;

/// <summary>What makes a counter the same one in two snapshots.</summary>
internal readonly record struct CounterKey(
    string Name, string? InterfaceName, string? Queue, int? Cpu, string? Instance, string? Socket, ulong Inode)
{
    /// <summary>The computer; null for this one.</summary>
    public string? ComputerName { get; init; }
}

/// <summary>One value as a source read it.</summary>
internal sealed record CounterReading(CounterName Counter, long Value)
{
    /// <summary>The class, where it depends on what the counter belongs to; null for the class of its group.</summary>
    public DropClass? Class { get; init; }

    public string? InterfaceName { get; init; }

    /// <summary>What the interface is (IFLA_INFO_KIND); null for adapters, loopback, and counters of no interface.</summary>
    public string? DeviceKind { get; init; }

    public string? Queue { get; init; }

    public int? Cpu { get; init; }

    public DropCounterSocket? Socket { get; init; }

    public string? Instance { get; init; }

    public CounterKey Key => new(
        Counter.ToString(), InterfaceName, Queue, Cpu, Instance, Socket is null
            ? null
            : (Socket with { ProcessId = null }).ToString(), Socket?.Inode ?? 0);

    public string Scope
    {
        get
        {
            string? cpu = Cpu is { } number ? string.Create(CultureInfo.InvariantCulture, $"CPU {number}") : null;
            return string.Join(", ", new[] { InterfaceName, Queue, cpu, Socket?.ToString(), Instance }.Where(part => part is not null));
        }
    }
}
