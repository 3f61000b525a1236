using DropMon.Native;
using DropMon.Netlink;
using static DropMon.Tests.Netlink.NetlinkBytes;

namespace DropMon.Tests.Netlink;

public class NetlinkConnectionTests
{
    private static readonly NetlinkRequest Request = new(20, NetlinkFlags.None, "Asking");

    [Fact]
    public void A_request_carries_sequence_port_and_the_wish_for_an_acknowledgement()
    {
        var transport = new ScriptedTransport(request => [Acknowledgement(request)]);

        new NetlinkConnection(transport).Execute(Request);

        NetlinkHeader.TryRead(Assert.Single(transport.Requests), out NetlinkHeader header);
        Assert.Equal(new NetlinkHeader(16, 20, NetlinkFlags.Request | NetlinkFlags.Ack, 1, 4711), header);
    }

    [Fact]
    public void A_refusal_tells_the_error_and_the_kernel_s_own_words()
    {
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => Execute(request => [Acknowledgement(request, Errno.EBUSY, "Cannot do that now")]));

        Assert.Equal((Errno.EBUSY, "Cannot do that now", DropMonErrorKind.Conflict), (error.Errno, error.KernelMessage, error.Kind));
        Assert.Contains("Asking", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_without_words_tells_the_error_alone() =>
        Assert.Null(Assert.Throws<NetlinkException>(() => Execute(request => [Acknowledgement(request, Errno.EINVAL)])).KernelMessage);

    [Fact]
    public void Words_behind_the_whole_request_are_found()
    {
        // A kernel that does not cap repeats the request, padded, before the attributes.
        var connection = new NetlinkConnection(new ScriptedTransport(request =>
            [
                Message(
                    NetlinkHeader.Error,
                    [.. BitConverter.GetBytes(-Errno.EINVAL), .. request, .. Attribute(1, ZeroTerminated("Bad length"))],
                    NetlinkFlags.AckAttributes)
            ]));

        NetlinkRequest request = new NetlinkRequest(20, NetlinkFlags.None, "Asking").Add(3, "odd");

        Assert.Equal("Bad length", Assert.Throws<NetlinkException>(() => connection.Execute(request)).KernelMessage);
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.EACCES)]
    public void A_missing_capability_tells_how_to_get_it(int errno)
    {
        NetlinkException error = Assert.Throws<NetlinkException>(() => Execute(request => [Acknowledgement(request, errno)]));

        Assert.Equal(("CapabilityMissing", DropMonErrorKind.PermissionDenied), (error.ErrorId, error.Kind));
        Assert.Contains("cap_net_admin", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void All_parts_of_a_dump_arrive_until_it_is_done()
    {
        var parts = new List<byte>();
        var connection = new NetlinkConnection(new ScriptedTransport(_ =>
            [
                [.. Message(20, [1], NetlinkFlags.Multi), .. Message(20, [2], NetlinkFlags.Multi)], Message(20, [3], NetlinkFlags.Multi),
                Message(NetlinkHeader.Done, [0, 0, 0, 0], NetlinkFlags.Multi)
            ]));

        connection.Execute(new NetlinkRequest(20, NetlinkFlags.Dump, "Dumping"), (_, payload) => parts.Add(payload[0]));

        Assert.Equal([1, 2, 3], parts);
    }

    [Fact]
    public void A_dump_that_ends_with_an_error_is_refused() =>
        Assert.Equal(
            Errno.ENOMEM,
            Assert.Throws<NetlinkException>(() => Execute(_ => [Message(NetlinkHeader.Done, BitConverter.GetBytes(-Errno.ENOMEM))])).Errno);

    [Fact]
    public void Late_answers_to_earlier_requests_are_passed_over()
    {
        byte[]? late = null;
        var connection = new NetlinkConnection(
            new ScriptedTransport(
                request =>
                    late is null ? [Acknowledgement(late = request)] : [Acknowledgement(late, Errno.EIO), Acknowledgement(request)]));
        connection.Execute(Request);

        connection.Execute(Request);
    }

    [Fact]
    public void A_handler_that_throws_leaves_the_connection_usable()
    {
        var connection = new NetlinkConnection(new ScriptedTransport(request =>
        {
            NetlinkHeader.TryRead(request, out NetlinkHeader header);
            return [Message(20, [1], sequence: header.Sequence), Acknowledgement(request)];
        }));
        Assert.Throws<TimeoutException>(() => connection.Execute(Request, (_, _) => throw new TimeoutException()));
        int replies = 0;

        connection.Execute(Request, (_, _) => replies++);

        Assert.Equal(1, replies);
    }

    [Fact]
    public void Replies_that_the_kernel_lost_are_an_error() =>
        Assert.Throws<NetlinkFormatException>(() => Execute(_ => [Message(NetlinkHeader.Overrun, [])]));

    [Fact]
    public void Bytes_that_are_no_messages_are_an_error() =>
        Assert.Throws<NetlinkFormatException>(() => Execute(_ => [[1, 2, 3]]));

    [Fact]
    public void An_empty_datagram_is_an_error() => Assert.Throws<NetlinkFormatException>(() => Execute(_ => [[]]));

    [Fact]
    public void A_short_acknowledgement_is_an_error() =>
        Assert.Throws<NetlinkFormatException>(() => Execute(_ => [Message(NetlinkHeader.Error, [0, 0, 0, 0])]));

    [Fact]
    public void Damaged_refusals_are_typed_errors_or_pass()
    {
        byte[] refusal = Acknowledgement(Request.ToArray(1, 0), Errno.EBUSY, "Cannot do that now");
        foreach (byte[] bytes in HostileBytes.Of(refusal))
        {
            Exception? error = Record.Exception(() => Execute(_ => [bytes]));

            // Asking for more when the damaged sequence number hides the answer is right too.
            Assert.True(error is null or DropMonException or InvalidOperationException, error?.ToString());
        }
    }

    [Fact]
    public void Disposing_closes_the_transport()
    {
        var transport = new ScriptedTransport(_ => []);

        new NetlinkConnection(transport).Dispose();

        Assert.True(transport.IsDisposed);
    }

    private static void Execute(Func<byte[], IEnumerable<byte[]>> answer) =>
        new NetlinkConnection(new ScriptedTransport(answer)).Execute(Request);
}
