using System.Runtime.InteropServices;
using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Privileges;

/// <summary>
/// Root in a container: namespaces of its own and few capabilities. What a runtime must add is what docs/privileges.md says.
/// </summary>
public sealed class ContainerScenarios(KernelUnderTest kernel)
{
    // What a container has if nobody asks for more.
    private static readonly string[] Usual =
    [
        "chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "net_bind_service", "net_raw", "sys_chroot",
            "mknod", "audit_write", "setfcap",
    ];

    private const string Isolated = "--mount --pid --fork --mount-proc --uts --ipc";

    [Fact]
    public void With_the_usual_capabilities_it_is_told_what_to_add()
    {
        kernel.Require(KernelFeature.Tracepoint);

        (int code, _, string errors) = Run($"{Isolated} --net", Usual, "watch --duration 1");

        Assert.Equal(3, code);
        Assert.Contains("Root lacks capabilities here, as in a container: add BPF and PERFMON", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_user_namespace_the_doctor_says_that_its_capabilities_do_not_count()
    {
        kernel.Require(KernelFeature.Tracepoint);

        (int code, string output, _) = Run($"{Isolated} --net --user --map-root-user", null, "doctor");

        Assert.NotEqual(0, code);
        Assert.Contains("In effect, but only within a user namespace", output, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_hosts_network_and_two_more_capabilities_the_drop_monitor_works()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };

        Assert.Equal("Passed", Control("ControlDropNetDm", Isolated, "net_admin", "sys_admin", "syslog"));
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Theory]
    [InlineData("sys_admin", "CAP_NET_ADMIN")]
    [InlineData("net_admin", "CAP_SYS_ADMIN")]
    public void With_one_of_the_two_the_other_is_named(string held, string missing)
    {
        kernel.Require(KernelFeature.NetDm);

        (int code, _, string errors) = Run(Isolated, [.. Usual, held], "watch --source NetDm --duration 1");

        Assert.Equal(3, code);
        Assert.Contains(missing, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_network_of_its_own_the_tracepoint_works()
    {
        kernel.Require(KernelFeature.Tracepoint);

        Assert.Equal("Passed", Control("ControlDropTracepoint", $"{Isolated} --net", "sys_admin", "syslog"));
    }

    private static string Control(string check, string namespaces, params string[] added)
    {
        (int code, string output, string errors) = Run(namespaces, [.. Usual, .. added], "doctor --json");
        Assert.True(code == 0, output + errors);
        using JsonDocument report = JsonDocument.Parse(output);
        return report.RootElement.GetProperty("Results").EnumerateArray().Single(result => result.GetProperty("Name").GetString() == check)
            .GetProperty("Status").GetString()!;
    }

    // The runtime brings loopback up before it gives the capabilities away. Null: it gives none away.
    private static (int ExitCode, string Output, string Errors) Run(string namespaces, string[]? capabilities, string arguments)
    {
        string dropmon = BuildOutput.Of("src/DropMon.Cli", "dropmon");
        string only = string.Concat(["-all", .. (capabilities ?? []).Select(capability => ",+" + capability)]);
        string drop = capabilities is null ? "" : $"setpriv --bounding-set {only} --inh-caps {only} ";
        using var container = new ChildProcess(
            "bash",
            ["-c", $"exec unshare {namespaces} bash -c \"ip link set lo up; exec {drop}'{dropmon}' {arguments}\""],
            new Dictionary<string, string>
            {
                ["DOTNET_ROOT"] = Path.GetFullPath(
                Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."))
            });
        string output = string.Join('\n', container.ReadToEnd());
        return (container.WaitForExit(), output, container.Errors);
    }
}
