using DropMon.Model.Fields;
using DropMon.Preflight;

namespace DropMon.Tests.Preflight;

/// <summary>What the preflight says of the control drop's interface, network namespace and bytes.</summary>
public class ControlDropContentsTests
{
    private const ulong Own = 4026531840;
    private const DropContent All = DropContent.Interface | DropContent.NetworkNamespace | DropContent.Packet;

    private static readonly byte[] Sent = "sent"u8.ToArray();
    private static readonly byte[] Frame = [.. new byte[42], .. Sent];

    [Fact]
    public void What_is_right_is_named()
    {
        ControlDropContents contents = Compare(Alert(), All);

        Assert.Equal(
            ("interface lo, network namespace 4026531840, the packet's bytes", (string?)null), (contents.Right, contents.Wrong));
    }

    [Fact]
    public void What_a_source_does_not_carry_is_not_compared()
    {
        ControlDropContents contents = Compare(Alert(interfaceName: null, hasBytes: false), DropContent.Reason);

        Assert.Equal(((string?)null, (string?)null), (contents.Right, contents.Wrong));
    }

    [Fact]
    public void Another_interface_is_named_and_cannot_steer_a_terminal() =>
        Assert.Equal("interface eth0\\u001b[2J instead of lo", Compare(Alert("eth0\u001b[2J"), All).Wrong);

    [Fact]
    public void A_missing_interface_is_wrong_where_the_source_carries_it() =>
        Assert.Equal("interface none instead of lo", Compare(Alert(interfaceName: null), DropContent.Interface).Wrong);

    [Fact]
    public void Another_network_namespace_is_wrong() =>
        Assert.Equal("network namespace 1 instead of 4026531840", Compare(Alert(networkNamespace: 1), All).Wrong);

    [Fact]
    public void Other_bytes_are_wrong() =>
        Assert.Equal("other bytes than were sent", Compare(Alert(payload: [.. new byte[42], .. "else"u8]), All).Wrong);

    [Fact]
    public void No_bytes_are_wrong_where_the_source_carries_them() =>
        Assert.Equal("no bytes of the packet", Compare(Alert(hasBytes: false), All).Wrong);

    [Fact]
    public void Bytes_that_were_cut_say_nothing()
    {
        ControlDropContents contents = Compare(Alert(payload: Frame[..20]), DropContent.Packet);

        Assert.Equal(((string?)null, (string?)null), (contents.Right, contents.Wrong));
    }

    private static ControlDropContents Compare(DropAlert alert, DropContent content) => new(alert, content, Sent, Own);

    private static DropAlert Alert(
        string? interfaceName = "lo", ulong networkNamespace = Own, byte[]? payload = null, bool hasBytes = true) => new(
        new DropSite(), DateTimeOffset.UnixEpoch)
        {
            InterfaceName = interfaceName,
            NetworkNamespace = networkNamespace,
            Payload = hasBytes ? payload ?? Frame : null,
            OriginalLength = Frame.Length,
        };
}
