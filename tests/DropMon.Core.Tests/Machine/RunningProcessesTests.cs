using DropMon.Machine;

namespace DropMon.Tests.Machine;

public class RunningProcessesTests
{
    [Fact]
    public void This_process_is_among_them_by_the_name_that_the_kernel_has() =>
        Assert.Contains(File.ReadAllText("/proc/self/comm").TrimEnd('\n'), RunningProcesses.Names());

    [Fact]
    public void The_network_namespace_of_this_process_is_among_theirs() =>
        Assert.Contains(
            new FileInfo("/proc/self/ns/net").LinkTarget!, RunningProcesses.NetworkNamespaces().Select(inode => $"net:[{inode}]"));
}
