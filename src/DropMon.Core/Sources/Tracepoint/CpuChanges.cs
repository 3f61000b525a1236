using System.Globalization;
using System.Text;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// Reports when CPUs go offline or come online: the kernel announces both to NETLINK_KOBJECT_UEVENT, so that no thread needs to
/// look again and again.
/// </summary>
internal sealed class CpuChanges : IDisposable
{
    private const uint KernelGroup = 1; // udev's own announcements go to another
    private const int BatchSize = 16;
    private const int LongestEvent = 4096; // UEVENT_BUFFER_SIZE is 2048
    private const int ReceiveBuffer = 256 * 1024;

    private readonly NetlinkEventSocket _socket;
    private readonly DatagramBatch _batch = new(BatchSize, LongestEvent);

    public CpuChanges()
    {
        _socket = new NetlinkEventSocket(NetlinkSocket.KernelObjectEvent, ReceiveBuffer);
        try
        {
            _socket.Join(KernelGroup);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Readable when something was announced, perhaps about CPUs.</summary>
    public SafeFileDescriptor Handle => _socket.Handle;

    /// <summary>Reads what was announced.</summary>
    /// <param name="wentOffline">Gains the CPUs that went offline, even if they are online again by now.</param>
    /// <returns>Whether any CPU changed.</returns>
    public bool Read(ISet<int> wentOffline)
    {
        bool changed = false;
        int received;
        // More announcements than the socket held (ENOBUFS): any of them may have been about a CPU.
        while ((received = _batch.Receive(_socket.Handle)) > 0 || received == -Errno.ENOBUFS)
        {
            changed |= received < 0;
            for (int i = 0; i < received; i++)
            {
                if (TryParse(_batch.Datagram(i, out _), out int cpu, out bool isOffline))
                {
                    changed = true;
                    if (isOffline)
                    {
                        wentOffline.Add(cpu);
                    }
                }
            }
        }

        return changed;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _batch.Dispose();
    }

    /// <summary>Parses the first text of an announcement: <c>offline@/devices/system/cpu/cpu1</c>.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> announcement, out int cpu, out bool isOffline)
    {
        cpu = 0;
        int end = announcement.IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(end < 0 ? announcement : announcement[..end]);
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string action = at < 0 ? "" : text[..at];
        isOffline = action == "offline";
        const string Folder = "/devices/system/cpu/cpu";
        return action is "online" or "offline"
            && text.AsSpan(at + 1).StartsWith(Folder, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(at + 1 + Folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out cpu);
    }
}
