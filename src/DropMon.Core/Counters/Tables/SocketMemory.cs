using System.Runtime.InteropServices;
using DropMon.Reasons;

namespace DropMon.Counters.Tables;

/// <summary>What sock_diag tells of a socket's memory (SK_MEMINFO_*).</summary>
/// <param name="Allocated">Bytes in the receive queue (SK_MEMINFO_RMEM_ALLOC).</param>
/// <param name="ReceiveBuffer">The receive buffer's size (SK_MEMINFO_RCVBUF).</param>
/// <param name="Drops">Packets dropped (SK_MEMINFO_DROPS).</param>
internal readonly record struct SocketMemory(uint Allocated, uint ReceiveBuffer, uint Drops)
{
    private const int DropsIndex = 8;

    public static CounterName Counter { get; } = new(CounterName.SocketGroup, "drops");

    public static bool TryRead(ReadOnlySpan<byte> value, out SocketMemory memory)
    {
        ReadOnlySpan<uint> fields = MemoryMarshal.Cast<byte, uint>(value);
        memory = fields.Length > DropsIndex ? new SocketMemory(fields[0], fields[1], fields[DropsIndex]) : default;
        return fields.Length > DropsIndex;
    }
}
