using DropMon.Native;
using DropMon.Netlink;
using DropMon.Sources.NetDm;
using DropMon.Tests.Netlink;

namespace DropMon.Tests.Sources.NetDm;

public class NetDmClientTests
{
    private readonly FakeDropMonitor _kernel = new();

    [Fact]
    public void A_kernel_without_the_family_gives_no_client_and_the_socket_is_closed()
    {
        var transport = new ScriptedTransport(request => [NetlinkBytes.Acknowledgement(request, Errno.ENOENT)]);

        Assert.Null(NetDmClient.TryConnect(new NetlinkConnection(transport)));
        Assert.True(transport.IsDisposed);
    }

    [Fact]
    public void A_refused_resolution_closes_the_socket()
    {
        var transport = new ScriptedTransport(request => [NetlinkBytes.Acknowledgement(request, Errno.EPERM)]);

        Assert.Throws<NetlinkException>(() => NetDmClient.TryConnect(new NetlinkConnection(transport)));
        Assert.True(transport.IsDisposed);
    }

    [Fact]
    public void What_is_configured_is_what_is_read_back()
    {
        using NetDmClient client = _kernel.Connect();
        var wanted = new NetDmConfiguration(DropAlertMode.Packet, 96, 5000);

        client.Configure(wanted);

        Assert.Equal(wanted, client.GetConfiguration());
    }

    [Fact]
    public void Configuring_while_on_keeps_the_kernel_s_words()
    {
        using NetDmClient client = _kernel.Connect();
        client.TryStart(NetDmParts.Software);

        NetlinkException error = Assert.Throws<NetlinkException>(() => client.Configure(NetDmConfiguration.KernelDefault));

        Assert.Equal((Errno.EBUSY, "drop_monitor: Cannot configure drop monitor during monitoring"), (error.Errno, error.KernelMessage));
    }

    [Fact]
    public void Starting_tells_whether_it_was_on_already()
    {
        using NetDmClient client = _kernel.Connect();

        Assert.True(client.TryStart(NetDmParts.Software));
        Assert.False(client.TryStart(NetDmParts.Software));
    }

    [Fact]
    public void Stopping_what_is_off_succeeds()
    {
        using NetDmClient client = _kernel.Connect();

        client.Stop(NetDmParts.Both);

        Assert.False(_kernel.IsOn);
    }

    [Fact]
    public void Statistics_tell_software_and_hardware_apart()
    {
        _kernel.Statistics = new NetDmStatistics(3, ulong.MaxValue);
        using NetDmClient client = _kernel.Connect();

        Assert.Equal(_kernel.Statistics, client.GetStatistics());
    }

    [Fact]
    public void Starting_without_the_capability_is_an_error_that_names_it()
    {
        _kernel.Fails = command => command == NetDmCommand.Start ? Errno.EPERM : 0;
        using NetDmClient client = _kernel.Connect();

        Assert.Equal("CapabilityMissing", Assert.Throws<NetlinkException>(() => client.TryStart(NetDmParts.Software)).ErrorId);
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_refusals_are_understood(string kernel)
    {
        Assert.Equal(
            (Errno.EAGAIN, "drop_monitor: Trace state already set to requested state"),
            Refusal(kernel, "start-while-on"));
        Assert.Equal(
            (Errno.EBUSY, "drop_monitor: Cannot configure drop monitor during monitoring"),
            Refusal(kernel, "configure-while-on"));
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_configuration_and_statistics_are_read(string kernel)
    {
        Assert.Equal(NetDmConfiguration.KernelDefault, NetDmReplyDecoder.Configuration(FirstPayload(kernel, "configuration")));
        Assert.Equal(default, NetDmReplyDecoder.Statistics(FirstPayload(kernel, "statistics")));
    }

    [Theory]
    [InlineData("configuration")]
    [InlineData("statistics")]
    public void Damaged_answers_decode_or_are_typed_errors(string name)
    {
        foreach (byte[] bytes in GoldenFiles.Kernels.SelectMany(kernel => HostileBytes.Of(FirstPayload(kernel, name))))
        {
            Exception? error = Record.Exception(
                () => name == "statistics" ? (object)NetDmReplyDecoder.Statistics(bytes) : NetDmReplyDecoder.Configuration(bytes));

            Assert.True(error is null or NetlinkFormatException, error?.ToString());
        }
    }

    private static (int, string?) Refusal(string kernel, string name)
    {
        byte[] bytes = GoldenFiles.Bytes(kernel, name);
        // The recorded answer is to a later request of its own connection.
        BitConverter.TryWriteBytes(bytes.AsSpan(8), 1u);
        var connection = new NetlinkConnection(new ScriptedTransport(_ => [bytes]));
        NetlinkException error = Assert.Throws<NetlinkException>(
            () => connection.Execute(new NetlinkRequest(1, NetlinkFlags.None, "Asking")));
        return (error.Errno, error.KernelMessage);
    }

    private static byte[] FirstPayload(string kernel, string name)
    {
        var reader = new NetlinkMessageReader(GoldenFiles.Bytes(kernel, name));
        Assert.True(reader.MoveNext());
        return reader.Payload.ToArray();
    }
}
