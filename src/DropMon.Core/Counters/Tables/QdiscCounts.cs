using System.Runtime.InteropServices;

namespace DropMon.Counters.Tables;

/// <summary>struct gnet_stats_queue.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QdiscCounts
{
    public uint Length;
    public uint Backlog;
    public uint Drops;
    public uint Requeues;
    public uint Overlimits;
}
