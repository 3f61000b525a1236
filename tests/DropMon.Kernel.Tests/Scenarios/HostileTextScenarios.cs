using DropMon.KernelTests.Causes;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Scenarios;

/// <summary>
/// Names that steer a terminal, of an interface, a process and arguments: no command of <c>dropmon</c> writes them as they are.
/// </summary>
public sealed class HostileTextScenarios(KernelUnderTest kernel) : IDisposable
{
    private const string Hostile = "h\u001b[2J\u202e";
    private const string Shown = "u001b[2J";

    // It stays the same process: its name is read while it lives. Nothing comes from its standard input.
    private const string Traffic = "exec 3<>/dev/udp/127.0.0.1/9; while :; do echo x >&3; read -t 0.05; done 2>/dev/null";

    private readonly string _folder = Directory.CreateTempSubdirectory("dropmon-hostile-").FullName;

    public static TheoryData<string[], bool> Commands => new()
    {
        { ["watch", "--count", "3"], false },
        { ["watch", "--duration", "3", "--json"], true },
        { ["measure", "--by", "ProcessName", "--duration", "2"], true },
        { ["top", "--by", "ProcessName", "--duration", "2"], true },
        { ["counters"], true },
        { ["counters", "--json"], true },
        { ["counters", "--delta", "0.5"], false },
        { ["counters", "--delta", "0.5", "--json"], true },
        { ["explain", "NO_SOCKET"], false },
        { ["explain", "DEV_READY"], true },
        { ["explain", "QDISC_DROP", "--json"], true },
        { ["reasons", "--json"], false },
        { ["doctor"], false },
        { ["doctor", "--json"], false },
    };

    public static TheoryData<string[]> Arguments => new()
    {
        { [Hostile] },
        { ["--" + Hostile] },
        { ["watch", "--" + Hostile] },
        { ["watch", Hostile] },
        { ["watch", "--source", Hostile] },
        { ["watch", "--count", Hostile] },
        { ["watch", "--class", "h\u001b\u0007"] },
        { ["watch", "--reason", "h\u001b\u0007"] },
        { ["watch", "--protocol", "h\u001b\u0007"] },
        { ["watch", "--function", Hostile] },
        { ["watch", "--mode", Hostile, "--json"] },
        { ["top", "--interval", Hostile] },
        { ["measure", "--by", Hostile] },
        { ["counters", "--name", Hostile] },
        { ["counters", "--name", "h\u001b\u0007"] },
        { ["explain", "h\u001b\u0007"] },
        { ["explain", "h\u001b\u0007", "--json"] },
        { ["reasons", Hostile] },
        { ["doctor", Hostile] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_command_writes_a_hostile_name_of_an_interface_or_a_process_as_it_is(string[] command, bool isShown)
    {
        kernel.Require(KernelFeature.Tracepoint);
        string shell = Path.Combine(_folder, Hostile);
        File.Copy("/bin/bash", shell);
        using var place = new NetworkNamespace();
        place.Shell("a=$(printf 'h\\033[2J'); ip link set lo up; ip link add \"$a\" type veth peer name \"${a}x\"; ip link set \"$a\" up");
        using ChildProcess hostile = place.Run(() => new ChildProcess(shell, ["-c", Traffic]));

        string text = Run(place, command);

        Assert.True(!isShown || text.Contains(Shown, StringComparison.Ordinal), text);
        Assert.False(hostile.HasExited, hostile.Errors);
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void An_error_about_a_hostile_argument_does_not_write_it_as_it_is(string[] command)
    {
        using var place = new NetworkNamespace();

        Assert.Contains("u001b", Run(place, command), StringComparison.Ordinal);
    }

    /// <summary>All that it writes, each line of it safe.</summary>
    private static string Run(NetworkNamespace place, string[] command)
    {
        using DropmonProcess dropmon = place.Run(() => new DropmonProcess(command));
        string[] lines = [.. dropmon.ReadToEnd(), .. dropmon.Errors.Split('\n')];
        Assert.All(lines, line => Assert.Equal(SafeText.Escape(line), line));
        return string.Join('\n', lines);
    }
}
