using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The executable <c>dropmon watch --json</c>: what it writes, how it ends, and what it leaves behind.</summary>
public sealed class DropmonScenarios(KernelUnderTest kernel)
{
    private const int Datagrams = 23;

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void Every_datagram_is_written_and_none_twice(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        using DropmonProcess dropmon = DropmonProcess.Watch(source);

        traffic.Send(Datagrams);
        dropmon.WaitFor(traffic, Datagrams);
        dropmon.Signal(Signals.Interrupt);

        Assert.DoesNotContain(DropmonProcess.Parse(dropmon.ReadToEnd()), traffic.Owns);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket, Signals.Interrupt)]
    [InlineData(SourceUnderTest.NetDmPacket, Signals.Terminate)]
    [InlineData(SourceUnderTest.NetDmPacket, Signals.Hangup)]
    [InlineData(SourceUnderTest.Tracepoint, Signals.Interrupt)]
    [InlineData(SourceUnderTest.Tracepoint, Signals.Terminate)]
    public void A_signal_ends_it_with_the_ledger_and_exit_code_0(SourceUnderTest source, int signal)
    {
        kernel.Require(source.Feature());
        using DropmonProcess dropmon = DropmonProcess.Watch(source);

        dropmon.Signal(signal);

        using JsonDocument last = JsonDocument.Parse(dropmon.ReadToEnd()[^1]);
        Assert.Equal((0, "Ledger", 0), (dropmon.WaitForExit(), last.RootElement.GetProperty("Record").GetString(),
            last.RootElement.GetProperty("TotalLost").GetInt64()));
    }

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Hangup)]
    public void A_signal_leaves_the_kernels_monitor_off_and_configured_as_before(int signal)
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using DropmonProcess dropmon = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        dropmon.Signal(signal);
        dropmon.WaitForExit();

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void It_ends_by_itself_after_so_many_alerts(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        using DropmonProcess dropmon = DropmonProcess.Watch(source, "--count", "4");

        traffic.Send(Datagrams);
        string[] rest = dropmon.ReadToEnd();

        // The first was taken to know that it is watching; the ledger comes last.
        Assert.Equal((0, 3), (dropmon.WaitForExit(), DropmonProcess.Parse(rest).Count));
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void A_reader_that_goes_away_ends_it_with_exit_code_0(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        string command = $"{{ '{DropmonProcess.Executable}' watch --json {string.Join(' ', source.Arguments())}; echo \"exit code $?\" "
            + $">&2; }} | head -n 1";
        using var shell = new ChildProcess("bash", ["-c", command], DropmonProcess.Runtime);
        using var doorbell = DropTraffic.Ipv4();

        while (!shell.HasExited)
        {
            doorbell.Send(1);
            shell.NextLine(TimeSpan.FromMilliseconds(100));
        }

        shell.WaitForExit();
        Assert.Contains("exit code 0", shell.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_leaves_the_kernels_monitor_off()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe();

        A_reader_that_goes_away_ends_it_with_exit_code_0(SourceUnderTest.NetDmPacket);

        Assert.False(probe.IsOn);
    }

    [Fact]
    public void Doctor_lists_the_program_for_who_searches_for_a_fault()
    {
        kernel.Require(KernelFeature.Ebpf);
        using var dropmon = new DropmonProcess("doctor", "--verbose");

        dropmon.ReadToEnd();
        dropmon.WaitForExit();

        Assert.Contains("program:     0: r6 = r1", dropmon.Errors, StringComparison.Ordinal);
        Assert.Contains("call RingReserve", dropmon.Errors, StringComparison.Ordinal);
        Assert.Matches("The eBPF program has \\d+ instructions; the kernel's verifier (looked at \\d+|does not say)", dropmon.Errors);
    }

    [Fact]
    public void A_wrong_option_is_told_with_exit_code_2()
    {
        using var dropmon = new DropmonProcess("watch", "--no-such-option");

        Assert.Equal(2, dropmon.WaitForExit());
        Assert.Contains("--no-such-option", dropmon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_the_kernel_lacks_is_told_with_exit_code_4()
    {
        Assert.SkipWhen(kernel.Has(KernelFeature.NetDm), "this kernel has the drop monitor");
        using var dropmon = new DropmonProcess("watch", "--source", "NetDm", "--duration", "1");

        Assert.Equal(4, dropmon.WaitForExit());
        Assert.Contains("--source Ebpf or Tracepoint", dropmon.Errors, StringComparison.Ordinal);
    }
}
