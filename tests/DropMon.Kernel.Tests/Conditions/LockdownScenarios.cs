using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Conditions;

/// <summary>
/// A kernel that was booted with lockdown=confidentiality, and so makes no files in tracefs. The rig boots one for these alone.
/// </summary>
public sealed class LockdownScenarios(KernelUnderTest kernel)
{
    [Theory]
    [InlineData("Tracepoint")]
    [InlineData("Ebpf")]
    public void A_source_that_reads_kernel_memory_is_unavailable_and_lockdown_is_named_with_what_can_be_done(string source)
    {
        kernel.Require(KernelFeature.Lockdown);
        using var dropmon = new DropmonProcess("watch", "--source", source, "--duration", "1");

        Assert.Equal(4, dropmon.WaitForExit());
        Assert.Contains("lockdown=confidentiality", dropmon.Errors, StringComparison.Ordinal);
        Assert.Contains("--source NetDm", dropmon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_drop_monitor_takes_its_place()
    {
        kernel.Require(KernelFeature.Lockdown);
        kernel.Require(KernelFeature.NetDm);
        using var dropmon = new DropmonProcess("watch", "--demo", "--count", "1");

        Assert.True(dropmon.WaitForExit() == 0, dropmon.Errors);
        Assert.Contains("Watching with the kernel's drop monitor", dropmon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_warns_of_it_and_says_that_monitoring_works()
    {
        kernel.Require(KernelFeature.Lockdown);
        using var doctor = new DropmonProcess("doctor", "--json");

        using JsonDocument report = JsonDocument.Parse(string.Join('\n', doctor.ReadToEnd()));

        JsonElement lockdown = report.RootElement.GetProperty("Results").EnumerateArray()
            .Single(result => result.GetProperty("Name").GetString() == "Lockdown");
        Assert.Equal((0, "Warning"), (doctor.WaitForExit(), lockdown.GetProperty("Status").GetString()));
    }
}
