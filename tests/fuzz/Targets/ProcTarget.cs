using System.Text;
using DropMon.Machine;
using DropMon.Native;

namespace DropMon.Fuzz.Targets;

/// <summary>Tables of /proc and /sys that are read while monitoring.</summary>
internal sealed class ProcTarget : FuzzTarget
{
    public override string Name => "proc-tables";

    public override int Share => 10;

    public override IEnumerable<byte[]> Seeds =>
    [
        [
            .. "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"u8,
            .. "00000000d0e1a5f3 16  4194305    00000010 0        0        0     2        17       20334\n"u8,
        ],
        "0-3,8,10-11\n"u8.ToArray(),
        [
            .. "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n"u8,
            .. "  291: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 18921 2 00000000 5\n"u8,
        ],
    ];

    public override void Run(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        foreach (NetlinkTableRow row in NetlinkTable.Parse(text.Split('\n')))
        {
            _ = row.HasJoined(5);
        }

        // As many as the kernel can have, whatever the list says.
        Invariant.That(CpuList.Parse(text.Length > 64 ? text[..64] : text).Length <= 64 * 8192, "More CPUs than a list can name.");
        foreach (InetSocket socket in ProcNetSockets.Parse("udp", text).Concat(ProcNetSockets.Parse("tcp6", text)))
        {
            _ = socket.ToString();
        }
    }

    public override long MostAllocation(int inputLength) => 16 * 1024 * 1024;
}
