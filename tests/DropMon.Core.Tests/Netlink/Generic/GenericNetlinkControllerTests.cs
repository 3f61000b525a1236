using DropMon.Native;
using DropMon.Netlink;
using DropMon.Netlink.Generic;

namespace DropMon.Tests.Netlink.Generic;

public class GenericNetlinkControllerTests
{
    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_drop_monitor_is_resolved(string kernel)
    {
        GenericNetlinkFamily family = GenericNetlinkController.Decode(Payload(kernel));

        Assert.Equal(("NET_DM", 2u), (family.Name, family.Version));
        Assert.InRange(family.Id, 0x11, 0xfff);
        Assert.NotEqual(0u, family.Group("events"));
    }

    [Fact]
    public void A_group_that_the_family_lacks_is_an_error_that_names_those_it_has()
    {
        GenericNetlinkFamily family = GenericNetlinkController.Decode(Payload("6.12"));

        Assert.Contains("events", Assert.Throws<NetlinkFormatException>(() => family.Group("alerts")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_without_the_family_resolves_to_nothing() =>
        Assert.Null(Resolve(request => [NetlinkBytes.Acknowledgement(request, Errno.ENOENT)]));

    [Fact]
    public void Another_refusal_is_an_error() =>
        Assert.Throws<NetlinkException>(() => Resolve(request => [NetlinkBytes.Acknowledgement(request, Errno.EPERM)]));

    [Fact]
    public void An_acknowledgement_without_an_answer_is_an_error() =>
        Assert.Throws<NetlinkFormatException>(() => Resolve(request => [NetlinkBytes.Acknowledgement(request)]));

    [Fact]
    public void A_damaged_description_decodes_or_is_a_typed_error()
    {
        foreach (byte[] bytes in HostileBytes.Of(Payload("6.12")))
        {
            Exception? error = Record.Exception(() => GenericNetlinkController.Decode(bytes));

            Assert.True(error is null or NetlinkFormatException, error?.ToString());
        }
    }

    private static GenericNetlinkFamily? Resolve(Func<byte[], IEnumerable<byte[]>> answer) =>
        GenericNetlinkController.Resolve(new NetlinkConnection(new ScriptedTransport(answer)), "NET_DM");

    private static byte[] Payload(string kernel)
    {
        var reader = new NetlinkMessageReader(GoldenFiles.Bytes(kernel, "family"));
        Assert.True(reader.MoveNext());
        return reader.Payload.ToArray();
    }
}
