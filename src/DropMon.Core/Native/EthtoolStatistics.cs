using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Native;

/// <summary>Drivers' statistics by the ioctl SIOCETHTOOL, which every kernel has and anybody may ask.</summary>
internal sealed unsafe partial class EthtoolStatistics : IDisposable
{
    private const int Internet = 2; // AF_INET
    private const int DatagramCloseOnExec = 2 | 0x80000; // SOCK_DGRAM | SOCK_CLOEXEC
    private const nuint EthtoolRequest = 0x8946; // SIOCETHTOOL
    private const uint GetSetInformation = 0x37; // ETHTOOL_GSSET_INFO
    private const uint GetStrings = 0x1b; // ETHTOOL_GSTRINGS
    private const uint GetStatistics = 0x1d; // ETHTOOL_GSTATS
    private const uint StatisticsSet = 1; // ETH_SS_STATS
    private const int NameSize = 32; // ETH_GSTRING_LEN
    private const int InterfaceNameSize = 16; // IFNAMSIZ
    private const int MostStatistics = 1 << 16;

    // The kernel writes as many as there are at that moment, whatever the request says: a driver may add queues in between.
    private const int Slack = 1024;

    private readonly SafeFileDescriptor _socket;

    private EthtoolStatistics(SafeFileDescriptor socket) => _socket = socket;

    public static EthtoolStatistics Open()
    {
        int descriptor = Socket(Internet, DatagramCloseOnExec, 0);
        return descriptor < 0
            ? throw SyscallException.FromLastError("socket(AF_INET)", "Reading the drivers' statistics")
            : new EthtoolStatistics(new SafeFileDescriptor(descriptor));
    }

    /// <summary>The statistics of an interface; none where its driver keeps none, or it has just gone.</summary>
    public List<(string Name, long Value)> Read(string interfaceName)
    {
        var statistics = new List<(string Name, long Value)>();
        int count = CountOf(interfaceName);
        if (count is <= 0 or > MostStatistics)
        {
            return statistics;
        }

        byte[] strings = new byte[(3 * sizeof(uint)) + ((count + Slack) * NameSize)];
        MemoryMarshal.Write(strings, GetStrings);
        MemoryMarshal.Write(strings.AsSpan(4), StatisticsSet);
        MemoryMarshal.Write(strings.AsSpan(8), (uint)count);
        byte[] values = new byte[(2 * sizeof(uint)) + ((count + Slack) * sizeof(ulong))];
        MemoryMarshal.Write(values, GetStatistics);
        MemoryMarshal.Write(values.AsSpan(4), (uint)count);
        if (!Ask(interfaceName, strings) || !Ask(interfaceName, values))
        {
            return statistics;
        }

        // Names and values belong together only where both are as many.
        uint named = MemoryMarshal.Read<uint>(strings.AsSpan(8));
        uint counted = MemoryMarshal.Read<uint>(values.AsSpan(4));
        for (int i = 0; named == counted && i < Math.Min(named, (uint)(count + Slack)); i++)
        {
            ReadOnlySpan<byte> name = strings.AsSpan(12 + (i * NameSize), NameSize);
            int end = name.IndexOf((byte)0);
            statistics.Add(
                (
                    Encoding.UTF8.GetString(end < 0 ? name : name[..end]).Trim(), MemoryMarshal.Read<long>(
                        values.AsSpan(8 + (i * sizeof(ulong))))));
        }

        return statistics;
    }

    public void Dispose() => _socket.Dispose();

    private int CountOf(string interfaceName)
    {
        // struct ethtool_sset_info: the command, padding, a mask of sets, then a count for each set that there is.
        byte[] information = new byte[20];
        MemoryMarshal.Write(information, GetSetInformation);
        MemoryMarshal.Write(information.AsSpan(8), 1UL << (int)StatisticsSet);
        return Ask(interfaceName, information) && MemoryMarshal.Read<ulong>(information.AsSpan(8)) != 0
            ? MemoryMarshal.Read<int>(information.AsSpan(16))
            : 0;
    }

    private bool Ask(string interfaceName, byte[] data)
    {
        byte[] name = Encoding.UTF8.GetBytes(interfaceName);
        if (name.Length >= InterfaceNameSize)
        {
            return false;
        }

        fixed (byte* pinned = data)
        {
            var request = new Request { Data = pinned };
            name.CopyTo(new Span<byte>(request.Name, InterfaceNameSize));
            if (Control(_socket, EthtoolRequest, &request) >= 0)
            {
                return true;
            }
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno is Errno.EOPNOTSUPP or Errno.ENODEV or Errno.EINVAL
            ? false
            : throw new SyscallException("ioctl(SIOCETHTOOL)", errno, $"Reading the driver statistics of {SafeText.Escape(interfaceName)}");
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileDescriptor socket, nuint request, Request* argument);

    /// <summary>struct ifreq with ifr_data.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        public fixed byte Name[InterfaceNameSize];
        public void* Data;
        public fixed byte Rest[16];
    }
}
