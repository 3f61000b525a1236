using System.Net.Sockets;
using DropMon.Native;
using DropMon.Netlink;
using DropMon.Tests.Files;

namespace DropMon.Tests.Native;

public sealed class NativeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_socket_has_lost_nothing()
    {
        using var socket = new NetlinkEventSocket(NetlinkSocket.Route, 65_536);

        Assert.Equal(0, socket.Overruns);
        Assert.True(socket.ReceiveBufferSize >= 65_536);
    }

    [Fact]
    public void Overruns_of_a_real_socket_are_counted_exactly()
    {
        using var socket = new NetlinkEventSocket(NetlinkSocket.Route, 4096);
        using var batch = new DatagramBatch(64, 65_536);
        NetlinkRequest request = new NetlinkRequest(
            18, NetlinkFlags.None,
            "Asking for an interface that is not there").AddHeader(default(LinkMessage) with { Index = int.MaxValue });
        const int Sent = 200;
        for (int i = 0; i < Sent; i++)
        {
            NetlinkSocketHandle.Send(socket.Handle, request.ToArray((uint)i, 0));
        }

        int received = 0;
        while (batch.Receive(socket.Handle) is > 0 and int came)
        {
            received += came;
        }

        Assert.InRange(socket.Overruns, 1, Sent);
        Assert.Equal(Sent, received + socket.Overruns);
    }

    [Fact]
    public void A_reply_that_does_not_come_in_time_is_a_timeout()
    {
        using SafeFileDescriptor socket = NetlinkSocketHandle.Open(NetlinkSocket.Route, out _);
        NetlinkSocketHandle.SetReceiveTimeout(socket, TimeSpan.FromMilliseconds(1));

        Assert.Equal(
            DropMonErrorKind.Timeout, Assert.Throws<SyscallException>(() => NetlinkSocketHandle.Receive(socket, new byte[64])).Kind);
    }

    [Fact]
    public void Datagrams_longer_than_their_room_are_marked()
    {
        using var receiver = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var address = new UnixDomainSocketEndPoint(_folder.File("socket"));
        receiver.Bind(address);
        using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        sender.SendTo(new byte[10], address);
        sender.SendTo(new byte[100], address);
        using var batch = new DatagramBatch(8, 64);
        using var handle = new BorrowedDescriptor(receiver);

        Assert.Equal(2, batch.Receive(handle.Value));
        Assert.Equal(10, batch.Datagram(0, out bool firstCut).Length);
        Assert.Equal(64, batch.Datagram(1, out bool secondCut).Length);
        Assert.Equal((false, true), (firstCut, secondCut));
        Assert.Equal(0, batch.Receive(handle.Value));
    }

    [Fact]
    public void Receiving_on_what_is_no_socket_gives_the_error_number()
    {
        using var batch = new DatagramBatch(1, 64);
        using var flag = new EventFd();

        Assert.Equal(-88, batch.Receive(flag.Handle)); // ENOTSOCK
    }

    [Fact]
    public void A_flag_stays_raised_until_it_is_reset()
    {
        using var flag = new EventFd();
        var poller = new Poller(flag.Handle);
        Assert.False(poller.Wait(0));

        flag.Set();
        flag.Set();
        Assert.True(poller.Wait(0));
        flag.Reset();

        Assert.False(poller.Wait(0));
    }

    [Fact]
    public void A_flag_may_be_raised_after_it_is_gone()
    {
        var flag = new EventFd();
        flag.Dispose();

        flag.Set();
    }

    [Fact]
    public void A_file_lock_keeps_others_out_until_it_is_let_go()
    {
        using var folder = TrustedFolder.Open(_folder.File(""), create: false);
        FileLock held = FileLock.TryTake(folder, "lock", TimeSpan.Zero)!;
        Assert.Null(FileLock.TryTake(folder, "lock", TimeSpan.Zero));
        var waiting = Task.Run(() => FileLock.TryTake(folder, "lock", TimeSpan.FromMinutes(1)));

        held.Dispose();

        waiting.Finish()!.Dispose();
    }

    [Fact]
    public void The_monotonic_clock_s_offset_leads_to_the_wall_clock()
    {
        long now = System.Diagnostics.Stopwatch.GetTimestamp() + MonotonicClock.UnixOffsetNanoseconds();

        Assert.InRange(now - MonotonicClock.UnixNanoseconds(), -1_000_000_000, 1_000_000_000);
    }

    [Theory]
    [InlineData(Errno.EPERM, DropMonErrorKind.PermissionDenied)]
    [InlineData(Errno.EMFILE, DropMonErrorKind.ResourceExhausted)]
    [InlineData(Errno.ENODEV, DropMonErrorKind.NotFound)]
    [InlineData(Errno.EOPNOTSUPP, DropMonErrorKind.NotSupported)]
    [InlineData(9999, DropMonErrorKind.Unspecified)]
    public void A_failed_call_tells_its_kind_its_number_and_what_it_was_for(int errno, DropMonErrorKind kind)
    {
        var error = new SyscallException("bind", errno, "Opening a netlink socket");

        Assert.Equal((kind, errno, "bind"), (error.Kind, error.Errno, error.Call));
        Assert.StartsWith("Opening a netlink socket: bind failed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_and_closing_leaves_no_descriptor_behind()
    {
        OpenAndClose();
        int before = Directory.GetFiles("/proc/self/fd").Length;
        for (int i = 0; i < 50; i++)
        {
            OpenAndClose();
        }

        // Other tests open and close files of their own meanwhile.
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 25);
    }

    private static void OpenAndClose()
    {
        using var flag = new EventFd();
        using var socket = new NetlinkEventSocket(NetlinkSocket.Route, 65_536);
        using var connection = NetlinkConnection.Open(NetlinkSocket.Generic);
        Assert.Throws<SyscallException>(() => NetlinkSocketHandle.Open(31, out _));
    }

    /// <summary>struct ifinfomsg.</summary>
    private readonly record struct LinkMessage(byte Family, byte Padding, ushort Type, int Index, uint Flags, uint Change);

    private sealed class BorrowedDescriptor(Socket socket) : IDisposable
    {
        public SafeFileDescriptor Value { get; } = new((int)socket.Handle);

        public void Dispose() => Value.SetHandleAsInvalid();
    }
}
