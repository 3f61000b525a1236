using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Conditions;

/// <summary>Machines that lack something: each ends in right behaviour or in one clear error.</summary>
public sealed class LackingScenarios(KernelUnderTest kernel)
{
    private static readonly string Dropmon = DropmonProcess.Executable;

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(127)]
    public void Too_few_descriptors_are_one_clear_error(int limit)
    {
        (int code, string errors) = Shell($"ulimit -n {limit}; exec '{Dropmon}' watch --duration 1");

        Assert.Equal(1, code);
        Assert.Equal([$"dropmon: The limit on open files is {limit}; dropmon needs at least 128.", "Fix: ulimit -n 4096"],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void In_another_network_namespace_the_drop_monitor_says_where_it_lives()
    {
        RequireRoot();

        (int code, string errors) = Shell($"exec unshare --net '{Dropmon}' watch --source NetDm --duration 1");

        Assert.Equal(4, code);
        Assert.Contains("only from the kernel's initial network namespace", errors, StringComparison.Ordinal);
        Assert.Contains("--source Ebpf or Tracepoint", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void In_another_network_namespace_the_eBPF_source_works_as_well()
    {
        kernel.Require(KernelFeature.Ebpf);

        (int code, string errors) = Shell($"exec unshare --net bash -c \"ip link set lo up; '{Dropmon}' watch --demo --count 1\"");

        Assert.Equal(0, code);
        Assert.Contains("Watching with the eBPF program", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Tracefs_that_is_not_mounted_is_mounted()
    {
        kernel.Require(KernelFeature.Tracepoint);

        // In a mount namespace of its own, so that nobody else notices.
        (int code, string errors) = Shell("exec unshare --mount bash -c \"umount --lazy --all-targets --types tracefs "
            + "/sys/kernel/tracing; umount --lazy /sys/kernel/debug/tracing /sys/kernel/debug 2>/dev/null; ! test -e "
                + $"/sys/kernel/tracing/events && '{Dropmon}' watch --source Tracepoint --duration 0.2\"");

        Assert.True(code == 0, errors);
    }

    [Fact]
    public void Tracefs_that_may_not_be_mounted_is_an_error_with_the_command()
    {
        kernel.Require(KernelFeature.Tracepoint);

        (int code, string errors) = Shell("exec unshare --mount bash -c \"umount --lazy --all-targets --types tracefs "
            + "/sys/kernel/tracing; umount --lazy /sys/kernel/debug/tracing /sys/kernel/debug 2>/dev/null; exec setpriv --bounding-set "
                + $"-sys_admin --inh-caps -sys_admin '{Dropmon}' watch --source Tracepoint --duration 0.2\"");

        Assert.Equal(3, code);
        Assert.Contains("mount -t tracefs tracefs /sys/kernel/tracing", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_fails_where_nothing_proves_that_a_drop_would_be_seen()
    {
        kernel.Require(KernelFeature.Tracepoint);

        // A fresh namespace, whose loopback is down: no drop can be provoked.
        (int code, _) = Shell($"exec unshare --net '{Dropmon}' doctor");

        Assert.NotEqual(0, code);
    }

    private static void RequireRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make namespaces");

    private static (int ExitCode, string Errors) Shell(string command)
    {
        using var shell = new ChildProcess("bash", ["-c", command], DropmonProcess.Runtime);
        shell.ReadToEnd();
        return (shell.WaitForExit(), shell.Errors);
    }
}
