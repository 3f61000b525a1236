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
        Assert.SkipUnless(PwshProcess.IsInstalled, PwshProcess.WhyNot);
        using var traffic = DropTraffic.Ipv4();
        (string name, string mode) = source switch
        {
            SourceUnderTest.Tracepoint => ("Tracepoint", "Packet"),
            SourceUnderTest.NetDmSummary => ("NetDm", "Summary"),
            _ => ("NetDm", "Packet"),
        };
        using var pwsh = new PwshProcess($$"""
            $null = Start-DropMonitor -Source {{name}} -Mode {{mode}}
            'watching'
            $null = [Console]::In.ReadLine()
            # Counts come about once a second.
            $mine = { Get-NetDrop | Where-Object Function -in '__udp4_lib_rcv', 'udp_rcv' | Where-Object { $null -eq $_.ProcessId -or $_.ProcessId -eq {{Environment.ProcessId}} } }
            $deadline = [datetime]::Now.AddSeconds(20)
            do { $count = (& $mine | Measure-Object Count -Sum).Sum } until ($count -ge {{Datagrams}} -or [datetime]::Now -gt $deadline)
            "count $count"
            Stop-DropMonitor
            """);

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
}
