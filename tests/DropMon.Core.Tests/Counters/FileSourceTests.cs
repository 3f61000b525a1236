using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Machine;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Counters;

public sealed class FileSourceTests
{
    public static TheoryData<string> Kernels => [.. GoldenMachine.Kernels];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_value_of_snmp_and_netstat_is_read(string kernel)
    {
        FakeMachine machine = GoldenMachine.Of(kernel);
        foreach (string file in new[] { "snmp", "netstat" })
        {
            string[] lines = machine.ReadFile($"{ProcNet.Folder}/{file}")!.Split('\n');
            int expected = lines.Sum(line => Math.Max(0, line.Split(' ').Length - 1)) / 2;
            Assert.Equal(expected, new MibTableSource(machine, file).Read().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_line_of_snmp6_is_read(string kernel)
    {
        FakeMachine machine = GoldenMachine.Of(kernel);
        int expected = machine.ReadFile($"{ProcNet.Folder}/snmp6")!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.Equal(expected, new MibListSource(machine, "snmp6", isOptional: false).Read().Count());
    }

    [Fact]
    public void Names_of_snmp6_are_split_after_their_group()
    {
        FakeMachine machine = new FakeMachine().File($"{ProcNet.Folder}/snmp6", "Ip6InReceives    \t7\nUdpLite6InErrors \t8\nIcmp6InType1\t9\n");
        Assert.Equal(
            ["Ip6.InReceives 7", "UdpLite6.InErrors 8", "Icmp6.InType1 9"],
            new MibListSource(machine, "snmp6", isOptional: false).Read().Select(reading => $"{reading.Counter} {reading.Value}"));
    }

    [Fact]
    public void Counters_of_an_interface_carry_its_name()
    {
        FakeMachine machine = new FakeMachine().File($"{ProcNet.Folder}/dev_snmp6/eth0", "ifIndex   \t2\nIp6InDiscards\t5\n");
        CounterReading reading = Assert.Single(new DeviceMibSource(machine).Read());
        Assert.Equal(("Ip6.InDiscards", "eth0", 5), (reading.Counter.ToString(), reading.InterfaceName, reading.Value));
    }

    [Fact]
    public void A_table_whose_values_do_not_match_its_names_is_refused() =>
        Assert.Throws<CounterSourceException>(() =>
            new MibTableSource(new FakeMachine().File($"{ProcNet.Folder}/snmp", "Udp: InErrors NoPorts\nUdp: 1\n"), "snmp").Read().ToList());

    [Fact]
    public void A_table_of_words_is_refused() =>
        Assert.Throws<CounterSourceException>(() =>
            new MibTableSource(new FakeMachine().File($"{ProcNet.Folder}/snmp", "Udp: InErrors\nUdp: many\n"), "snmp").Read().ToList());

    [Fact]
    public void A_file_that_must_be_there_and_is_not_is_an_error_with_a_remedy()
    {
        var error = Assert.Throws<CounterSourceException>(() => new MibTableSource(new FakeMachine(), "snmp").Read().ToList());
        Assert.Contains("mount -t proc", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_a_kernel_may_lack_has_no_counters() => Assert.Empty(new MibListSource(new FakeMachine(), "xfrm_stat", isOptional: true).Read());

    [Fact]
    public void Softnet_names_the_columns_and_the_cpu()
    {
        // Two of four CPUs are online: the number stands in the 13th column.
        const string Line = "00003a40 00000011 00000002 00000000 00000000 00000000 00000000 00000000 00000000 00000005 00000001 00000000 0000000{0} 00000000 00000000";
        FakeMachine machine = new FakeMachine().File($"{ProcNet.Folder}/softnet_stat", Line.Replace("{0}", "0", StringComparison.Ordinal) + "\n" + Line.Replace("{0}", "3", StringComparison.Ordinal) + "\n");
        CounterReading[] dropped = [.. new SoftnetSource(machine).Read().Where(reading => reading.Counter.Name == "dropped")];
        Assert.Equal([(0, 0x11L), (3, 0x11L)], dropped.Select(reading => (reading.Cpu!.Value, reading.Value)));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Each_kernel_shows_the_memory_of_its_fragments(string kernel) =>
        Assert.Equal(
            ["FRAG.inuse", "FRAG.memory", "FRAG6.inuse", "FRAG6.memory"],
            new FragmentQueueSource(GoldenMachine.Of(kernel)).Read().Select(reading => reading.Counter.ToString()));

    [Theory]
    [InlineData("5.10")]
    [InlineData("6.1")]
    [InlineData("6.12")]
    [InlineData("7.2")]
    public void The_neighbour_tables_of_a_kernel_count_discards(string kernel)
    {
        CounterReading[] readings = [.. new NeighbourSource(GoldenMachine.Of(kernel), () => throw new InvalidOperationException("The files were there.")).Read()];
        Assert.Equal(["arp_cache", "ndisc_cache"], readings.Where(reading => reading.Counter.Name == "unres_discards").Select(reading => reading.Instance).Distinct());
    }

    [Fact]
    public void A_column_that_repeats_on_each_line_is_read_once()
    {
        FakeMachine machine = new FakeMachine().File($"{ProcNet.Folder}/stat/nf_conntrack", "entries  drop early_drop icmp_error\n0000000a 00000001 00000000 00000000\n0000000a 0000000f 00000000 00000000\n");
        CounterReading[] readings = [.. new ConntrackSource(machine, () => throw new InvalidOperationException("The file was there.")).Read()];
        Assert.Equal(
            ["entries 10 ", "drop 1 0", "drop 15 1"],
            readings.Where(reading => reading.Counter.Name is "entries" or "drop").Select(reading => $"{reading.Counter.Name} {reading.Value} {reading.Cpu}"));
    }

    [Fact]
    public void Conntrack_that_is_not_loaded_has_no_counters_and_is_not_loaded_for_the_asking() =>
        Assert.Empty(new ConntrackSource(new FakeMachine(), () => throw new InvalidOperationException("Asking loads the module.")).Read());

    [Theory]
    [InlineData("5.10")]
    [InlineData("7.2")]
    public void Netlink_sockets_are_read_with_protocol_and_port(string kernel)
    {
        FakeMachine machine = GoldenMachine.Of(kernel);
        Assert.Contains(
            new NetlinkSocketSource(machine, new SocketProcesses(machine)).Read(),
            reading => reading.Socket is { Protocol: "netlink", LocalPort: 16, PortId: 0 } && reading.Counter.ToString() == "Socket.drops");
    }

    [Fact]
    public void A_netlink_socket_that_dropped_is_named_with_its_process()
    {
        FakeMachine machine = new FakeMachine()
            .File($"{ProcNet.Folder}/netlink", "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n0 15 77 00000001 0 0 0 2 4993 1234\n")
            .Link("/proc/42/fd/3", "socket:[1234]")
            .File("/proc/42/comm", "listener\n");
        CounterReading reading = Assert.Single(new NetlinkSocketSource(machine, new SocketProcesses(machine)).Read());
        Assert.Equal("netlink 15:77 of listener (42)", reading.Socket!.ToString());
    }

    [Fact]
    public void Iptables_rules_and_policies_that_drop_are_read()
    {
        const string Saved = "*filter\n:INPUT DROP [7:700]\n:FORWARD ACCEPT [1:1]\n[42:3528] -A INPUT -p icmp -j DROP\n[0:0] -A INPUT -p tcp -j ACCEPT\n[3:9] -A FORWARD -j REJECT --reject-with icmp-port-unreachable\nCOMMIT\n";
        Assert.Equal(
            ["Iptables.policy_DROP 7 chain filter INPUT", "Iptables.DROP 42 filter -A INPUT -p icmp -j DROP", "Iptables.REJECT 3 filter -A FORWARD -j REJECT --reject-with icmp-port-unreachable"],
            IptablesSource.Parse(Saved).Select(reading => $"{reading.Counter} {reading.Value} {reading.Instance}"));
    }

    [Fact]
    public void Iptables_tables_without_the_tool_are_a_warning_with_a_remedy()
    {
        FakeMachine machine = new FakeMachine().File($"{ProcNet.Folder}/ip_tables_names", "filter\n");
        var error = Assert.Throws<CounterSourceException>(() => new IptablesSource(machine).Read().ToList());
        Assert.Equal("apt-get install iptables", error.Remedy);
    }

    [Fact]
    public void Iptables_that_is_not_in_use_is_not_asked() => Assert.Empty(new IptablesSource(new FakeMachine().File($"{ProcNet.Folder}/ip_tables_names", "\n")).Read());

    [Fact]
    public void A_name_with_control_characters_is_made_safe()
    {
        FakeMachine machine = new FakeMachine().File($"{ProcNet.Folder}/dev_snmp6/e\u001b[31m", "Ip6InDiscards\t5\n");
        Assert.Equal("e\\u001b[31m", Assert.Single(new DeviceMibSource(machine).Read()).InterfaceName);
    }
}
