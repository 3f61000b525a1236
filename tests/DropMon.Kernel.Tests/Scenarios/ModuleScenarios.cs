using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The module in a real pwsh, where there is one.</summary>
public sealed class ModuleScenarios(KernelUnderTest kernel)
{
    private const int Datagrams = 23;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

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

    [Fact]
    public void That_somebody_turned_the_drop_monitor_off_is_a_warning_when_it_happens()
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(PwshProcess.IsInstalled, PwshProcess.WhyNot);
        using var probe = new NetDmProbe();
        using var pwsh = new PwshProcess("Watch-NetDrop -Source NetDm -Function no_such_function 3>&1 | ForEach-Object { "
            + "\"$($_.GetType().Name): $_\" }");
        SpinWait.SpinUntil(() => probe.IsOn || pwsh.HasExited);

        probe.TurnOff();

        pwsh.NextLine(line => line.StartsWith("WarningRecord: Another process turned the drop monitor off: DropMon turned it on again",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-NetDrop -Duration 5")]
    [InlineData("Watch-NetDrop -Count 200")]
    public void What_was_lost_is_a_warning_at_the_end_and_with_Verbose_the_ledger_is_told(string command)
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(PwshProcess.IsInstalled, PwshProcess.WhyNot);
        using var probe = new NetDmProbe();
        using var traffic = DropTraffic.Ipv4();
        using var pwsh = new PwshProcess($$"""
            {{command}} -Source NetDm -QueueLength 1 -Verbose 3>&1 4>&1 | Where-Object { $_ -isnot [DropMon.DropAlert] } | ForEach-Object { "$($_.GetType().Name): $_" }
            'ended'
            """);
        var lines = new List<string>();

        // More than a queue of one can hold, until it has ended.
        while (lines.LastOrDefault() != "ended" && !pwsh.HasExited)
        {
            if (probe.IsOn)
            {
                traffic.Send(1000);
            }

            lines.AddRange(pwsh.NextLine(Look) is { } line ? [line] : []);
        }

        lines.AddRange(pwsh.ReadToEnd());
        Assert.True(lines.Exists(line => line.StartsWith("WarningRecord: ", StringComparison.Ordinal)
            && line.Contains(" in the kernel's queue", StringComparison.Ordinal)), string.Join('\n', lines) + pwsh.Errors);
        Assert.Contains(lines, line => line.StartsWith("VerboseRecord: Ledger: received ", StringComparison.Ordinal));
    }
}
