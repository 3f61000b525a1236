using System.Globalization;
using System.Text.Json;
using DropMon.KernelTests.Causes;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The executable <c>dropmon counters</c>: what it reads of this kernel, and what it makes of the change.</summary>
public sealed class CounterCommandScenarios
{
    private const int Datagrams = 23;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_table_has_a_line_for_each_counter_under_its_headings()
    {
        string[] lines = Run("counters", "--class", "Udp");

        Assert.Equal(["Class", "Name", "Value", "Drop", "Scope", "Meaning"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(lines[1..], line => Assert.StartsWith("Udp ", line, StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains(" Udp.NoPorts ", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_the_same_counters_as_the_table()
    {
        string[] table = Run("counters", "--name", "Udp.*", "Tcp.*");

        Assert.Equal(table[1..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]),
            Read("--name", "Udp.*", "Tcp.*").Select(NameOf));
    }

    [Fact]
    public void A_name_that_no_counter_has_is_an_error_and_the_others_are_shown()
    {
        using var dropmon = new DropmonProcess("counters", "--name", "Udp.NoPort", "Udp.NoPorts");

        string[] lines = dropmon.ReadToEnd();

        Assert.Equal((1, 2), (dropmon.WaitForExit(), lines.Length));
        Assert.Contains("This machine has no counter 'Udp.NoPort'.\nDid you mean Udp.NoPorts", dropmon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_has_the_kernels_own_value()
    {
        long before = DropTraffic.NoPorts();
        using var traffic = DropTraffic.Ipv4();
        traffic.Send(Datagrams);

        JsonElement counter = Assert.Single(Read("--name", "Udp.NoPorts"));

        Assert.InRange(counter.GetProperty("value").GetInt64(), before + Datagrams, DropTraffic.NoPorts());
        Assert.Equal("Always", counter.GetProperty("impliesDrop").GetString());
        Assert.Contains("NO_SOCKET", counter.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public void The_name_of_a_hostile_interface_reaches_no_terminal(params string[] options)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to make a network namespace");
        using var place = new NetworkNamespace();
        place.Shell("ip link add a0 type veth peer name \"$(printf 'b\\033[1m')\"; ip link set a0 up");

        string text = string.Join('\n', place.Run(() => Run(["counters", .. options])));

        Assert.Contains("u001b[1m", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Nonzero_leaves_out_those_that_stand_at_0() =>
        Assert.All(Read("--nonzero"), counter => Assert.NotEqual(0, counter.GetProperty("value").GetInt64()));

    [Theory]
    [InlineData("--interface")]
    [InlineData("--interface-name")]
    public void An_interface_that_is_asked_for_is_the_only_one(string option)
    {
        JsonElement[] counters = Read(option, "l?");

        Assert.NotEmpty(counters);
        Assert.All(counters, counter => Assert.Equal("lo", counter.GetProperty("interfaceName").GetString()));
    }

    [Fact]
    public void What_moves_within_the_delta_is_shown_with_its_rate()
    {
        using var dropmon = new DropmonProcess("counters", "--delta", "0.5", "--nonzero", "--name", "Udp.NoPorts", "--json");
        using var traffic = DropTraffic.Ipv4();

        // It reads twice, whenever that is: meanwhile, drops.
        string? line = null;
        while (line is null && !dropmon.HasExited)
        {
            traffic.Send(1);
            line = dropmon.NextLine(TimeSpan.FromMilliseconds(20));
        }

        JsonElement change = Parse(line ?? Assert.Single(dropmon.ReadToEnd()));
        Assert.Equal((0, "Changed"), (dropmon.WaitForExit(), change.GetProperty("state").GetString()));
        Assert.InRange(change.GetProperty("increase").GetInt64(), 1, long.MaxValue);
        Assert.InRange(change.GetProperty("seconds").GetDouble(), 0.5, Patience.TotalSeconds);
        Assert.Equal(change.GetProperty("increase").GetInt64() / change.GetProperty("seconds").GetDouble(),
            change.GetProperty("perSecond").GetDouble(), 3);
        Assert.Equal("Udp.NoPorts", NameOf(change.GetProperty("counter")));
    }

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Hangup)]
    public void A_signal_ends_the_delta_early_and_the_change_so_far_is_shown(int signal)
    {
        using var dropmon = new DropmonProcess("counters", "--delta", "1000", "--name", "Udp.NoPorts", "--json");
        Assert.True(SpinWait.SpinUntil(() => HearsHangups(dropmon.Id), Patience), "It never listened to signals.");

        dropmon.Signal(signal);

        Assert.Equal("Udp.NoPorts", NameOf(Parse(Assert.Single(dropmon.ReadToEnd())).GetProperty("counter")));
        Assert.Equal(0, dropmon.WaitForExit());
    }

    // The first of the signals that the process catches, a hexadecimal mask: nothing but the command itself asks for SIGHUP.
    private static bool HearsHangups(int process)
    {
        string mask = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("SigCgt:", StringComparison.Ordinal))
            .Split('\t')[1];
        return (ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) != 0;
    }

    private static string[] Run(params string[] arguments)
    {
        using var dropmon = new DropmonProcess(arguments);
        string[] lines = dropmon.ReadToEnd();
        Assert.Equal((0, ""), (dropmon.WaitForExit(), dropmon.Errors.Trim()));
        return lines;
    }

    private static JsonElement[] Read(params string[] arguments) => Array.ConvertAll(Run(["counters", "--json", .. arguments]), Parse);

    private static JsonElement Parse(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.Clone();
    }

    private static string NameOf(JsonElement counter) => counter.GetProperty("name").GetString()!;
}
