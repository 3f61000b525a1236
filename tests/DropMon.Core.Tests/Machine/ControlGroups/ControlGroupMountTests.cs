using DropMon.Machine.ControlGroups;

namespace DropMon.Tests.Machine.ControlGroups;

public class ControlGroupMountTests
{
    [Theory]
    [InlineData("31 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate", "/sys/fs/cgroup")]
    [InlineData("31 23 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup rw", "/sys/fs/cgroup/unified")]
    [InlineData("31 23 0:26 / /mnt/a\\040b rw - cgroup2 none rw", "/mnt/a b")]
    [InlineData("30 23 0:25 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu", null)]
    [InlineData("30 23 0:25 / /tmp/cgroup2 rw - tmpfs cgroup2 rw", null)]
    [InlineData("31 23 - cgroup2 none rw", null)]
    [InlineData("", null)]
    public void TheFirstMountOfCgroup2IsFound(string line, string? mountPoint) =>
        Assert.Equal(mountPoint, ControlGroupMount.FindMountPoint("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n" + line + "\n"));
}
