using DropMon.Machine;

namespace DropMon.Tests.Machine;

public class InterfaceNameTests
{
    [Theory]
    [InlineData("eth0")]
    [InlineData("br-0123456789ab")]
    [InlineData("eth0.100")]
    [InlineData("...")]
    [InlineData("wlan\u0001")]
    [InlineData("größe")]
    [InlineData("-x")]
    public void A_name_that_the_kernel_takes_is_valid(string name) => Assert.True(InterfaceName.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../..")]
    [InlineData("eth0/")]
    [InlineData("eth0:1")]
    [InlineData("eth 0")]
    [InlineData("eth\t0")]
    [InlineData("eth\u000b0")]
    [InlineData("eth0\n")]
    [InlineData("eth0\0")]
    [InlineData("a-name-too-long1")]
    [InlineData("größegrößegr")]
    [InlineData("\u0120")]
    public void A_name_that_the_kernel_refuses_is_not(string name) => Assert.False(InterfaceName.IsValid(name));
}
