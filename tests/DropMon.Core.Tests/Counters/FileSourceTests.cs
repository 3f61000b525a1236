using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Machine;
using DropMon.Tests.Machine;
using DropMon.Tests.Netfilter;

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
            string[] lines = machine.ReadFile($"{ProcNet.Folder}/{file}", TestContext.Current.CancellationToken)!.Split('\n');
            int expected = lines.Sum(line => Math.Max(0, line.Split(' ').Length - 1)) / 2;
            Assert.Equal(expected, new MibTableSource(machine, file).Read().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_line_of_snmp6_is_read(string kernel)
    {
        FakeMachine machine = GoldenMachine.Of(kernel);
        int expected = machine.ReadFile(
            $"{ProcNet.Folder}/snmp6", TestContext.Current.CancellationToken)!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.Equal(expected, new MibListSource(machine, "snmp6", isOptional: false).Read().Count());
    }

    [Fact]
    public void Names_of_snmp6_are_split_after_their_group()
    {
        FakeMachine machine = new FakeMachine().File(
            $"{ProcNet.Folder}/snmp6", "Ip6InReceives    \t7\nUdpLite6InErrors \t8\nIcmp6InType1\t9\n");
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
            new MibTableSource(new FakeMachine().File($"{ProcNet.Folder}/snmp", "Udp: InErrors NoPorts\nUdp: 1\n"), "snmp")
                .Read()
                .ToList());

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
    public void A_file_that_a_kernel_may_lack_has_no_counters() =>
        Assert.Empty(new MibListSource(new FakeMachine(), "xfrm_stat", isOptional: true).Read());

    [Fact]
    public void Softnet_names_the_columns_and_the_cpu()
    {
        // Two of four CPUs are online: the number stands in the 13th column.
        const string Line = "00003a40 00000011 00000002 00000000 00000000 00000000 00000000 00000000 00000000 00000005 00000001 00000000 " +
            "0000000{0} 00000000 00000000";
        FakeMachine machine = new FakeMachine().File(
            $"{ProcNet.Folder}/softnet_stat",
            Line.Replace("{0}", "0", StringComparison.Ordinal) + "\n" + Line.Replace("{0}", "3", StringComparison.Ordinal) + "\n");
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
        CounterReading[] readings =
        [
            .. new NeighbourSource(GoldenMachine.Of(kernel), () => throw new InvalidOperationException("The files were there.")).Read()
        ];
        Assert.Equal(
            ["arp_cache", "ndisc_cache"],
            readings.Where(reading => reading.Counter.Name == "unres_discards").Select(reading => reading.Instance).Distinct());
    }

    [Fact]
    public void A_column_that_repeats_on_each_line_is_read_once()
    {
        FakeMachine machine = new FakeMachine().File(
            $"{ProcNet.Folder}/stat/nf_conntrack",
            "entries  drop early_drop icmp_error\n0000000a 00000001 00000000 00000000\n0000000a 0000000f 00000000 00000000\n");
        CounterReading[] readings =
        [
            .. new ConntrackSource(machine, () => throw new InvalidOperationException("The file was there.")).Read()
        ];
        Assert.Equal(
            ["entries 10 ", "drop 1 0", "drop 15 1"],
            readings.Where(reading => reading.Counter.Name is "entries" or "drop")
                .Select(reading => $"{reading.Counter.Name} {reading.Value} {reading.Cpu}"));
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
            .File(
                $"{ProcNet.Folder}/netlink",
                "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n0 15 77 00000001 0 0 0 2 4993 " +
                "1234\n")
            .Link("/proc/42/fd/3", "socket:[1234]")
            .File("/proc/42/comm", "listener\n");
        CounterReading reading = Assert.Single(new NetlinkSocketSource(machine, new SocketProcesses(machine)).Read());
        Assert.Equal("netlink 15:77 of listener (42)", reading.Socket!.ToString());
    }

    [Fact]
    public void Iptables_rules_and_policies_that_drop_are_read()
    {
        FakeMachine machine = new FakeMachine()
            .File($"{ProcNet.Folder}/ip_tables_names", "filter\n")
            .File($"{ProcNet.Folder}/ip6_tables_names", "filter\n");
        Assert.Equal(
            [
                "Iptables.DROP 1 rule 1 of iptables filter INPUT: -s 127.0.0.0/8 -i lo -p udp -m udp --dport 6040 -j DROP",
                "Iptables.policy_DROP 0 chain iptables filter FORWARD",
                "Iptables.REJECT 0 rule 1 of ip6tables filter INPUT: -s fd00::/8 -p udp -j REJECT",
                "Iptables.policy_DROP 0 chain ip6tables filter OUTPUT",
            ],
            new IptablesSource(machine, ScriptedNetfilter.Recorded)
                .Read()
                .Select(reading => $"{reading.Counter} {reading.Value} {reading.Instance}"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("raw\n")]
    public void Iptables_without_such_a_table_has_no_counters(string names) =>
        Assert.Empty(
            new IptablesSource(new FakeMachine().File($"{ProcNet.Folder}/ip_tables_names", names), ScriptedNetfilter.Recorded).Read());

    [Fact]
    public void Iptables_that_is_not_in_use_is_not_asked() => Assert.Empty(
        new IptablesSource(
            new FakeMachine().File($"{ProcNet.Folder}/ip_tables_names", "\n"), () =>
                throw new InvalidOperationException("Asking creates the table.")).Read());

    [Fact]
    public void A_name_with_control_characters_is_made_safe()
    {
        FakeMachine machine = new FakeMachine().File($"{ProcNet.Folder}/dev_snmp6/e\u001b[31m", "Ip6InDiscards\t5\n");
        Assert.Equal("e\\u001b[31m", Assert.Single(new DeviceMibSource(machine).Read()).InterfaceName);
    }
}
