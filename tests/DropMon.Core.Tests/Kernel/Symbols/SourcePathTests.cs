using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public class SourcePathTests
{
    [Theory]
    [InlineData("/build/linux-6.1.192/net/ipv4/udp.c", "/build/linux-6.1.192/debian/build/build_amd64", "net/ipv4/udp.c")]
    [
        InlineData(
            "/build/linux-6.1.192/debian/build/build_amd64/../../../include/linux/skbuff.h",
            "/build/linux-6.1.192/debian/build/build_amd64", "include/linux/skbuff.h")
    ]
    [InlineData("/home/me/linux/net/core/dev.c", "/home/me/linux", "net/core/dev.c")]
    [InlineData("./include/linux/skbuff.h", "/home/me/linux", "include/linux/skbuff.h")]
    [InlineData("net/core/dev.c", null, "net/core/dev.c")]
    [InlineData("debian/build/build_amd64_none_cloud-amd64/net/ipv4/udp.c", "debian/build/build_amd64_none_cloud-amd64", "net/ipv4/udp.c")]
    [InlineData("debian/build/build_amd64/../../../net/ipv4/udp.c", "debian/build/build_amd64", "net/ipv4/udp.c")]
    public void Files_of_the_kernel_are_named_below_its_source_tree(string path, string? folder, string expected) =>
        Assert.Equal(expected, SourcePath.Shorten(path, folder));

    [Theory]
    [InlineData("/var/lib/dkms/wifi/1.0/build/main.c", "/usr/src/linux-headers-6.1")]
    [InlineData("/var/lib/dkms/wifi/1.0/build/main.c", null)]
    [InlineData("/main.c", "/main.c")]
    public void A_file_from_elsewhere_keeps_its_path(string path, string? folder) =>
        Assert.Equal(path, SourcePath.Shorten(path, folder));
}
