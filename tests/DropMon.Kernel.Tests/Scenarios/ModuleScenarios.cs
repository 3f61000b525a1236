using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The module in a real pwsh, where there is one.</summary>
public sealed class ModuleScenarios(KernelUnderTest kernel)
{
    private const int Datagrams = 23;

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void A_monitor_in_the_background_has_every_datagram(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        Assert.SkipUnless(IsPwshOnPath(), "THE MODULE WAS NOT TESTED: there is no pwsh on PATH");
        using var traffic = DropTraffic.Ipv4();
        (string name, string mode) = source switch
        {
            SourceUnderTest.Tracepoint => ("Tracepoint", "Packet"),
            SourceUnderTest.NetDmSummary => ("NetDm", "Summary"),
            _ => ("NetDm", "Packet"),
        };
        using var pwsh = new ChildProcess("pwsh", ["-NoProfile", "-NonInteractive", "-Command", $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{BuildOutput.Top}}/DropMon.psd1'
            $null = Start-DropMonitor -Source {{name}} -Mode {{mode}}
            'watching'
            $null = [Console]::In.ReadLine()
            # Counts come about once a second.
            $mine = { Get-NetDrop | Where-Object Function -in '__udp4_lib_rcv', 'udp_rcv' | Where-Object { $null -eq $_.ProcessId -or $_.ProcessId -eq {{Environment.ProcessId}} } }
            $deadline = [datetime]::Now.AddSeconds(20)
            do { $count = (& $mine | Measure-Object Count -Sum).Sum } until ($count -ge {{Datagrams}} -or [datetime]::Now -gt $deadline)
            "count $count"
            Stop-DropMonitor
            """]);

        pwsh.NextLine(line => line == "watching");
        traffic.Send(Datagrams);
        pwsh.Type("sent");

        Assert.Equal($"count {Datagrams}", pwsh.NextLine(line => line.StartsWith("count", StringComparison.Ordinal)));
        Assert.Equal(0, pwsh.WaitForExit());
        if (kernel.Has(KernelFeature.NetDm))
        {
            using var probe = new NetDmProbe();
            Assert.False(probe.IsOn);
        }
    }

    [Theory]
    [InlineData("$null = Start-DropMonitor -Source NetDm", "Stop-DropMonitor")]
    [InlineData("$null = Start-DropMonitor -Source NetDm", "Remove-Module DropMon")]
    [InlineData("$null = Start-DropMonitor -Source NetDm", "exit 0")]
    [InlineData("$space = [runspacefactory]::CreateRunspace(); $space.Open(); $shell = [powershell]::Create($space); $null = $shell.AddScript('Import-Module $args[0]; Start-DropMonitor -Source NetDm').AddArgument($manifest).Invoke()", "$space.Close()")]
    [InlineData("$shell = [powershell]::Create(); $null = $shell.AddScript('Import-Module $args[0]; Watch-NetDrop -Source NetDm').AddArgument($manifest).BeginInvoke()", "$shell.Stop()")]
    public void Whatever_ends_a_session_leaves_the_kernels_monitor_off_and_configured_as_before(string begin, string end)
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(IsPwshOnPath(), "THE MODULE WAS NOT TESTED: there is no pwsh on PATH");
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using var pwsh = new ChildProcess("pwsh", ["-NoProfile", "-NonInteractive", "-Command", $$"""
            $ErrorActionPreference = 'Stop'
            $manifest = '{{BuildOutput.Top}}/DropMon.psd1'
            Import-Module $manifest
            {{begin}}
            'begun'
            $null = [Console]::In.ReadLine()
            {{end}}
            'ended'
            $null = [Console]::In.ReadLine()
            """]);

        pwsh.NextLine(line => line == "begun");
        Assert.True(SpinWait.SpinUntil(() => probe.IsOn, TimeSpan.FromSeconds(60)), "It was not turned on.");
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

    private static bool IsPwshOnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "pwsh")));
}
