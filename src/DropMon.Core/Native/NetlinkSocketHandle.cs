using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>The socket calls that netlink needs (netlink(7)).</summary>
internal static unsafe partial class NetlinkSocketHandle
{
    private const int AddressFamily = 16; // AF_NETLINK
    private const int RawCloseOnExec = 3 | 0x80000; // SOCK_RAW | SOCK_CLOEXEC
    private const int SolSocket = 1;
    private const int SolNetlink = 270;
    private const int ReceiveBufferForce = 33; // SO_RCVBUFFORCE, needs CAP_NET_ADMIN
    private const int ReceiveBufferSize = 8; // SO_RCVBUF
    private const int ReceiveTimeout = 20; // SO_RCVTIMEO
    private const int AddMembership = 1; // NETLINK_ADD_MEMBERSHIP
    private const int DropMembership = 2; // NETLINK_DROP_MEMBERSHIP
    private const int NoEnobufs = 5; // NETLINK_NO_ENOBUFS
    private const int CapAck = 10; // NETLINK_CAP_ACK, Linux 4.3
    private const int ExtAck = 11; // NETLINK_EXT_ACK, Linux 4.12

    /// <summary>Opens and binds a socket whose errors carry the kernel's own words.</summary>
    public static SafeFileDescriptor Open(int protocol, out uint portId)
    {
        int descriptor = Socket(AddressFamily, RawCloseOnExec, protocol);
        if (descriptor < 0)
        {
            throw SyscallException.FromLastError("socket(AF_NETLINK)", "Opening a netlink socket");
        }

        var handle = new SafeFileDescriptor(descriptor);
        try
        {
            // Both only make errors more talkative: a kernel without them still works.
            _ = SetOption(handle, SolNetlink, ExtAck, 1, sizeof(int));
            _ = SetOption(handle, SolNetlink, CapAck, 1, sizeof(int));
            var address = new Address { Family = AddressFamily };
            if (Bind(handle, address, sizeof(Address)) < 0)
            {
                throw SyscallException.FromLastError("bind", "Opening a netlink socket");
            }

            int length = sizeof(Address);
            if (GetSocketName(handle, ref address, ref length) < 0)
            {
                throw SyscallException.FromLastError("getsockname", "Opening a netlink socket");
            }

            portId = address.PortId;
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Asks for a receive buffer; beyond net.core.rmem_max where the caller may. Returns the size in force, in bytes.</summary>
    public static int SetReceiveBuffer(SafeFileDescriptor socket, int bytes)
    {
        if (SetOption(socket, SolSocket, ReceiveBufferForce, bytes, sizeof(int)) < 0)
        {
            _ = SetOption(socket, SolSocket, ReceiveBufferSize, bytes, sizeof(int));
        }

        int length = sizeof(int);
        return GetOption(socket, SolSocket, ReceiveBufferSize, out int size, ref length) < 0
            ? throw SyscallException.FromLastError("getsockopt(SO_RCVBUF)", "Sizing a netlink socket's buffer")
            : size;
    }

    /// <summary>
    /// Keeps the socket receiving after its buffer overflowed. Without this the kernel holds back everything until the
    /// buffer is empty; the overruns are counted either way.
    /// </summary>
    public static void KeepReceivingAfterOverrun(SafeFileDescriptor socket) => _ = SetOption(socket, SolNetlink, NoEnobufs, 1, sizeof(int));

    public static void SetReceiveTimeout(SafeFileDescriptor socket, TimeSpan timeout)
    {
        var value = new TimeValue { Seconds = (nint)timeout.TotalSeconds, Microseconds = timeout.Milliseconds * 1000 };
        if (SetTimeout(socket, SolSocket, ReceiveTimeout, value, sizeof(TimeValue)) < 0)
        {
            throw SyscallException.FromLastError("setsockopt(SO_RCVTIMEO)", "Setting a netlink socket's timeout");
        }
    }

    public static void JoinGroup(SafeFileDescriptor socket, uint group)
    {
        if (SetOption(socket, SolNetlink, AddMembership, (int)group, sizeof(int)) < 0)
        {
            throw SyscallException.FromLastError("setsockopt(NETLINK_ADD_MEMBERSHIP)", "Joining a netlink multicast group");
        }
    }

    /// <summary>Nothing more arrives; what has arrived can still be read.</summary>
    public static void LeaveGroup(SafeFileDescriptor socket, uint group) =>
        _ = SetOption(socket, SolNetlink, DropMembership, (int)group, sizeof(int));

    public static void Send(SafeFileDescriptor socket, ReadOnlySpan<byte> message)
    {
        var kernel = new Address { Family = AddressFamily };
        fixed (byte* bytes = message)
        {
            if (SendTo(socket, bytes, (nuint)message.Length, 0, kernel, sizeof(Address)) < 0)
            {
                throw SyscallException.FromLastError("sendto", "Sending a netlink request");
            }
        }
    }

    /// <summary>Receives one datagram; throws when the time limit passes.</summary>
    public static int Receive(SafeFileDescriptor socket, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            nint received;
            do
            {
                received = ReceiveOne(socket, bytes, (nuint)buffer.Length, 0);
            }
            while (received < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

            if (received >= 0)
            {
                return (int)received;
            }

            // What the time limit of a socket ends says "try again".
            int errno = Marshal.GetLastPInvokeError();
            throw new SyscallException("recv", errno == Errno.EAGAIN ? Errno.ETIMEDOUT : errno, "Receiving a netlink reply");
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeFileDescriptor socket, in Address address, int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    private static partial int GetSocketName(SafeFileDescriptor socket, ref Address address, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeFileDescriptor socket, int level, int name, in int value, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetTimeout(SafeFileDescriptor socket, int level, int name, in TimeValue value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeFileDescriptor socket, int level, int name, out int value, ref int length);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(
        SafeFileDescriptor socket, byte* bytes, nuint length, int flags, in Address address, int addressLength);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint ReceiveOne(SafeFileDescriptor socket, byte* bytes, nuint length, int flags);

    /// <summary>struct sockaddr_nl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Address
    {
        public ushort Family;
        public ushort Padding;
        public uint PortId;
        public uint Groups;
    }

    /// <summary>struct timeval.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeValue
    {
        public nint Seconds;
        public nint Microseconds;
    }
}
