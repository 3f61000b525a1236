using System.Net;
using System.Net.Sockets;

namespace DropMon.Counters.Tables;

/// <summary>An entry of the tables of ARP and neighbour discovery.</summary>
/// <param name="Device">The index of its device.</param>
/// <param name="Address">The neighbour's address.</param>
/// <param name="State">NUD_*, as bits.</param>
internal sealed record KernelNeighbour(int Device, IPAddress Address, ushort State)
{
    private const ushort Incomplete = 0x01; // NUD_INCOMPLETE
    private const ushort Failed = 0x20; // NUD_FAILED

    private static readonly string[] Names = ["INCOMPLETE", "REACHABLE", "STALE", "DELAY", "PROBE", "FAILED", "NOARP", "PERMANENT"];

    public bool IsIpv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Whether it does not answer, or has not yet.</summary>
    public bool IsUnresolved => (State & (Incomplete | Failed)) != 0;

    /// <summary>The state as ip(8) writes it.</summary>
    public string StateName => State == 0 ? "NONE" : string.Join(' ', Names.Where((_, bit) => (State & (1 << bit)) != 0));
}
