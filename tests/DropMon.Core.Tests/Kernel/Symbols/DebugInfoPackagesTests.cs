using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public class DebugInfoPackagesTests
{
    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"\n", "apt-get install linux-image-6.1.0-56-cloud-amd64-dbg")]
    [
        InlineData(
            "NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n",
            "apt-get install linux-image-6.1.0-56-cloud-amd64-dbgsym (from the archive ddebs.ubuntu.com)")
    ]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf debuginfo-install kernel-6.1.0-56-cloud-amd64")]
    [InlineData("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", "zypper install kernel-default-debuginfo")]
    public void The_kernels_package_is_named_in_the_words_of_the_distribution(string osRelease, string expected) =>
        Assert.Equal(expected, new DebugInfoPackages(osRelease, "6.1.0-56-cloud-amd64").Kernel);

    [Fact]
    public void An_unknown_distribution_is_told_where_the_file_belongs() =>
        Assert.Contains("/usr/lib/debug/boot/vmlinux-6.1", new DebugInfoPackages("", "6.1").Kernel, StringComparison.Ordinal);

    [Fact]
    public void Libdw_is_a_package_of_its_own_on_debian() =>
        Assert.Equal("apt-get install libdw1", new DebugInfoPackages("ID=debian", "6.1").Library);
}
