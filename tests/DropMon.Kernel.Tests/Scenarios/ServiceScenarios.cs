using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Scenarios;

/// <summary>
/// The systemd unit on a machine whose first process is systemd: does its sandbox let it do its work? The rig boots one for these alone.
/// </summary>
public sealed class ServiceScenarios(KernelUnderTest kernel)
{
    private const int Losses = 5;

    [Fact]
    public void Losses_are_in_the_journal_and_what_is_to_be_expected_is_not()
    {
        RequireServices();
        using var probe = new NetDmProbe();
        using DropmonService service = StartAndWait(probe);
        using var full = new FullSocket();
        using var closed = DropTraffic.Ipv4();

        closed.Send(Losses);
        full.Send(Losses);

        service.WaitUntil(s => s.Alerts.Count(alert => alert.Packet?.DestinationPort == full.Port) >= Losses,
            "the losses are in the journal");
        // Without a reason the place alone counts, and a wrong checksum is reported at the same place.
        Assert.Equal(!kernel.Has(KernelFeature.NetDmReasons), service.Alerts.Any(closed.Owns));
    }

    [Fact]
    public void Its_alerts_tell_function_and_interface()
    {
        RequireServices();
        using var probe = new NetDmProbe();
        using DropmonService service = StartAndWait(probe);
        using var full = new FullSocket();

        full.Send(Losses);

        service.WaitUntil(s => s.Alerts.Any(alert => alert.Packet?.DestinationPort == full.Port), "a loss is in the journal");
        DropAlert loss = service.Alerts.First(alert => alert.Packet?.DestinationPort == full.Port);
        Assert.Equal((true, "lo", DropSignificance.Loss),
            (loss.Function?.Contains("udp", StringComparison.Ordinal), loss.InterfaceName, loss.Significance));
    }

    [Theory]
    [InlineData("", "Ebpf")]
    [InlineData("--source Tracepoint", "Tracepoint")]
    public void The_eBPF_source_is_its_first_choice_and_the_tracepoint_can_be_read_in_its_sandbox_as_well(string option, string source)
    {
        RequireServices();
        kernel.Require(KernelFeature.Tracepoint);
        using var service = DropmonService.Start(option);
        using var full = new FullSocket();

        service.WaitUntil(
            s =>
            {
                full.Send(Losses);
                return s.Journal.Any(line => line.Contains($"\"Source\":\"{source}\"", StringComparison.Ordinal)
                    && line.Contains("\"Function\":\"udp", StringComparison.Ordinal));
            },
            "a loss is in the journal, with its function");
    }

    [Fact]
    public void Stopped_it_turns_the_drop_monitor_off_and_closes_with_the_ledger()
    {
        RequireServices();
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using DropmonService service = StartAndWait(probe);

        service.Stop();

        Assert.Equal(("success", false, NetDmProbe.Odd), (service["Result"], probe.IsOn, probe.Configuration));
        using JsonDocument last = JsonDocument.Parse(service.Journal.Last(line => line.StartsWith('{')));
        Assert.Equal("Ledger", last.RootElement.GetProperty("Record").GetString());
    }

    [Fact]
    public void Killed_it_comes_back_and_the_drop_monitor_is_still_its_own_to_turn_off()
    {
        RequireServices();
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using DropmonService service = StartAndWait(probe);
        string killed = service["MainPID"];

        service.Kill();
        service.WaitUntil(s => s["MainPID"] is not "0" and string next && next != killed
            && s.Journal.Any(line => line.Contains("reclaimed", StringComparison.Ordinal)), "another has reclaimed the drop monitor");
        service.Stop();

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    private void RequireServices()
    {
        kernel.Require(KernelFeature.Systemd);
        kernel.Require(KernelFeature.NetDm);
    }

    private static DropmonService StartAndWait(NetDmProbe probe)
    {
        DropmonService service = DropmonService.Start("--source NetDm");
        service.WaitUntil(_ => probe.IsOn, "the drop monitor is on");
        return service;
    }
}
