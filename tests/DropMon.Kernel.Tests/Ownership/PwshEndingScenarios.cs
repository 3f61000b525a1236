using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Ownership;

/// <summary>However a PowerShell session ends, or only its monitor, the kernel's is off afterwards and configured as before.</summary>
public sealed class PwshEndingScenarios(KernelUnderTest kernel)
{
    [Theory]
    [InlineData("$null = Start-DropMonitor -Source NetDm", "Stop-DropMonitor")]
    [InlineData("$null = Start-DropMonitor -Source NetDm", "Remove-Module DropMon")]
    [InlineData("$null = Start-DropMonitor -Source NetDm", "exit 0")]
    [InlineData("$space = [runspacefactory]::CreateRunspace(); $space.Open(); $shell = [powershell]::Create($space); $null = "
        + "$shell.AddScript('Import-Module $args[0]; Start-DropMonitor -Source NetDm').AddArgument($manifest).Invoke()", "$space.Close()")]
    [InlineData("$shell = [powershell]::Create(); $null = $shell.AddScript('Import-Module $args[0]; Watch-NetDrop -Source "
        + "NetDm').AddArgument($manifest).BeginInvoke()", "$shell.Stop()")]
    public void Whatever_ends_its_monitor_leaves_the_kernels_monitor_off_and_configured_as_before(string begin, string end)
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(PwshProcess.IsInstalled, PwshProcess.WhyNot);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using var pwsh = new PwshProcess($$"""
            {{begin}}
            'begun'
            $null = [Console]::In.ReadLine()
            {{end}}
            'ended'
            $null = [Console]::In.ReadLine()
            """);

        pwsh.NextLine(line => line == "begun");
        WaitUntilOn(probe);
        pwsh.Type("end");
        if (end == "exit 0")
        {
            pwsh.WaitForExit();
        }
        else
        {
            pwsh.NextLine(line => line == "ended");
        }

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Theory]
    [InlineData("$null = Start-DropMonitor -Source NetDm; $null = [Console]::In.ReadLine()", Signals.Terminate)]
    [InlineData("$null = Start-DropMonitor -Source NetDm; $null = [Console]::In.ReadLine()", Signals.Hangup)]
    [InlineData("Watch-NetDrop -Source NetDm", Signals.Interrupt)]
    public void Whatever_signal_ends_it_leaves_the_kernels_monitor_off_and_configured_as_before(string script, int signal)
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(PwshProcess.IsInstalled, PwshProcess.WhyNot);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using var pwsh = new PwshProcess(script);
        WaitUntilOn(probe);

        pwsh.Signal(signal);
        pwsh.WaitForExit();

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void A_pwsh_whose_terminal_is_closed_leaves_the_kernels_monitor_off_and_configured_as_before()
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(PwshProcess.IsInstalled, PwshProcess.WhyNot);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        // script gives it a terminal; when script dies the kernel hangs that terminal up.
        string command = $"exec pwsh -NoProfile -NoExit -Command \"Import-Module '{BuildOutput.Top}/DropMon.psd1'; Start-DropMonitor "
            + "-Source NetDm\"";
        using var terminal = new ChildProcess("script", ["--quiet", "--flush", "--command", command, "/dev/null"]);
        WaitUntilOn(probe);
        string pwsh = File.ReadAllText($"/proc/{terminal.Id}/task/{terminal.Id}/children").Split(' ')[0];

        terminal.Signal(Signals.Kill);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists("/proc/" + pwsh), Patience), $"Process {pwsh} outlived its terminal.");
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static void WaitUntilOn(NetDmProbe probe) =>
        Assert.True(SpinWait.SpinUntil(() => probe.IsOn, Patience), "It was not turned on.");
}
