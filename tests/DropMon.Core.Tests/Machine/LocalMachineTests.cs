using System.Diagnostics;
using DropMon.Machine;

namespace DropMon.Tests.Machine;

public class LocalMachineTests
{
    private readonly LocalMachine _machine = new();

    [Fact]
    public void A_file_of_the_kernel_is_read_whole() => Assert.NotNull(_machine.ReadNumber("/proc/sys/net/core/rmem_max"));

    [Fact]
    public void A_file_that_is_not_there_is_null() =>
        Assert.Null(_machine.ReadFile("/proc/sys/net/core/no_such_setting", TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/proc/../etc/passwd")]
    [InlineData("/proc/sys/net/ipv4/conf/../../../../../../etc/passwd")]
    [InlineData("/sys/../dev/zero")]
    [InlineData("/proc/self/root/etc/passwd")]
    [InlineData("/proc/self/cwd")]
    [InlineData("/proc/self/exe")]
    [InlineData("/proc/self/root/dev/zero")]
    [InlineData("/proc/sys/net")]
    [InlineData("proc/version")]
    [InlineData("/proc/version\0")]
    public void No_file_but_a_regular_one_of_the_kernel_is_read(string path) =>
        Assert.Null(_machine.ReadFile(path, TestContext.Current.CancellationToken));

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        using var folder = new Files.TemporaryFolder();
        string pipe = folder.File("pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        Assert.Null(_machine.ReadFile($"/proc/self/root{pipe}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_file_that_is_too_large_is_unreadable_rather_than_cut()
    {
        Assert.NotNull(DropMon.Native.KernelFile.Read("/proc/kallsyms", 64 << 20, CancellationToken.None));
        Assert.Null(DropMon.Native.KernelFile.Read("/proc/kallsyms", 1000, CancellationToken.None));
    }

    [Fact]
    public void A_read_ends_when_its_caller_gives_up()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _machine.ReadFile("/proc/kallsyms", cancelled.Token));
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("/proc/../etc")]
    [InlineData("/sys/../etc")]
    public void No_folder_but_those_of_the_kernel_is_listed(string path) => Assert.Empty(_machine.ListDirectory(path));

    [Fact]
    public void The_process_that_holds_a_socket_is_found()
    {
        using var socket = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        int port = ((System.Net.IPEndPoint)socket.Client.LocalEndPoint!).Port;
        string table = _machine.ReadFile("/proc/net/udp", TestContext.Current.CancellationToken)!;
        InetSocket found = Assert.Single(ProcNetSockets.Parse("udp", table), item => item.LocalPort == port);

        Dictionary<ulong, string> owners = SocketOwners.Find(
            _machine, new HashSet<ulong> { found.Inode }, TestContext.Current.CancellationToken);

        Assert.EndsWith($"({Environment.ProcessId})", owners[found.Inode], StringComparison.Ordinal);
    }
}
