using System.Buffers.Binary;
using System.Text;
using DropMon.Filters;
using DropMon.Kernel.Btf;
using DropMon.Reasons;
using DropMon.Sources.Ebpf;
using DropMon.Sources.Ebpf.Assembly;
using DropMon.Sources.Ebpf.Filtering;
using DropMon.Tests.Packets;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Tests.Sources.Ebpf.Filtering;

/// <summary>
/// The program's filter beside the matcher, over every packet sample, whole and damaged, in the layouts that packets have in the kernel.
/// </summary>
public sealed class FilterCodeTests
{
    private const string BtfFile = "/sys/kernel/btf/vmlinux";
    private const int Seed = 20261130;
    private const int Damages = 8;
    private const int Headroom = 32, RejectedOffset = 16, NoMacHeader = 0xffff;
    private const ulong Context = 0x1000_0000, Skb = 0x2000_0000, Head = 0x3000_0000, Device = 0x4000_0000, Net = 0x4100_0000,
        Task = 0x5000_0000, Proxy = 0x5100_0000, Counts = 0x6000_0000;
    private const uint Inode = 4026531840;
    private const ulong Operations = 0x1234;

    private static readonly Lazy<SkbLayout> Layout = new(() => new SkbLayout(BtfTypes.TryParse(File.ReadAllBytes(BtfFile))!));

    private static readonly Lazy<(ulong Start, byte[] Bytes)[]> Surroundings = new(MakeSurroundings);

    private static readonly KernelReasonTable Reasons = new(new Dictionary<uint, string>
    {
        [2] = "NOT_SPECIFIED",
        [3] = "NO_SOCKET",
        [5] = "TCP_CSUM",
    });

    public static TheoryData<FilterField, string[]> Conditions => new()
    {
        { FilterField.Protocol, ["UDP"] },
        { FilterField.Protocol, ["IPv4", "TCP"] },
        { FilterField.Protocol, ["ARP", "ICMPv6", "IP-253"] },
        { FilterField.Protocol, ["0x88*", "PPPoE", "GRE"] },
        { FilterField.Protocol, ["*"] },
        { FilterField.Protocol, ["802.2"] },
        { FilterField.Address, ["10.1.1.2"] },
        { FilterField.Address, ["10.1.1.3", "fe80::/10", "192.0.0.0/8"] },
        { FilterField.SourceAddress, ["10.1.1.1", "0.0.0.0/0"] },
        { FilterField.SourceAddress, ["::/0"] },
        { FilterField.DestinationAddress, ["224.0.0.0/4", "fd00::/9", "2001:db8::/65"] },
        { FilterField.Port, ["9"] },
        { FilterField.Port, ["0-65535"] },
        { FilterField.SourcePort, ["1-40000"] },
        { FilterField.DestinationPort, ["1-8", "53", "443", "4789", "6081-65535"] },
        { FilterField.DestinationPort, ["10"] },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void No_packet_is_rejected_that_the_matcher_wants(FilterField field, string[] values)
    {
        RequireBtf();
        DropFilter filter = DropFilter.None.With(field, values);
        byte[] code = Assemble(filter);
        var random = new Random(Seed);
        foreach (PacketSample sample in PacketSamples.All)
        {
            for (int damage = 0; damage <= Damages; damage++)
            {
                byte[] bytes = [.. sample.Bytes];
                if (damage > 0)
                {
                    bytes[random.Next(Math.Min(bytes.Length, 60))] = (byte)random.Next(256);
                }

                byte[] payload = bytes[..(random.Next(4) == 0 ? random.Next(1, bytes.Length + 1) : bytes.Length)];
                foreach ((int mac, int network) in Places(sample, random))
                {
                    int start = mac == NoMacHeader ? network : mac;
                    byte[] seen = payload.Length > start - Headroom ? payload[(start - Headroom)..] : [];
                    bool isWanted = filter.Matcher.MatchesPacket(sample.EtherType, seen);
                    bool isAccepted = Run(code, bytes, sample.EtherType, mac, network);
                    Assert.True(isAccepted || !isWanted, $"{sample.Name}, damage {damage}, mac {mac}, network {network}: "
                        + Convert.ToHexString(bytes));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Plain_packets_are_decided_by_the_program(FilterField field, string[] values)
    {
        RequireBtf();
        DropFilter filter = DropFilter.None.With(field, values);
        byte[] code = Assemble(filter);
        string[] names = ["UDP", "TCP SYN", "TCP data", "IPv4 without Ethernet", "IPv6 without Ethernet", "unknown EtherType"];
        foreach (string name in names)
        {
            PacketSample sample = PacketSamples.Named(name);
            bool isAccepted = sample.IsEthernet
                ? Run(code, sample.Bytes, sample.EtherType, Headroom, Headroom + 14)
                : Run(code, sample.Bytes, sample.EtherType, NoMacHeader, Headroom);
            Assert.Equal((name, filter.Matcher.MatchesPacket(sample.EtherType, sample.Bytes)), (name, isAccepted));
        }
    }

    [Theory]
    [InlineData(FilterField.ProcessName, "NAMED", true)]
    [InlineData(FilterField.ProcessName, "name", false)]
    [InlineData(FilterField.ProcessName, "named2", false)]
    [InlineData(FilterField.InterfaceName, "Eth0", true)]
    [InlineData(FilterField.InterfaceName, "eth", false)]
    [InlineData(FilterField.NetworkNamespace, "4026531840", true)]
    [InlineData(FilterField.NetworkNamespace, "4026531841", false)]
    [InlineData(FilterField.Reason, "NO_*", true)]
    [InlineData(FilterField.Reason, "TCP_*", false)]
    public void Names_namespaces_and_reasons_are_decided_by_the_program(FilterField field, string value, bool isWanted)
    {
        RequireBtf();
        PacketSample sample = PacketSamples.Named("UDP");

        Assert.Equal(isWanted, Run(Assemble(DropFilter.None.With(field, value)), sample.Bytes, sample.EtherType, Headroom, Headroom + 14));
    }

    [Fact]
    public void What_belongs_to_no_device_of_its_own_is_passed_up()
    {
        RequireBtf();
        PacketSample sample = PacketSamples.Named("UDP");
        byte[] code = Assemble(DropFilter.None.With(FilterField.InterfaceName, "eth9").With(FilterField.NetworkNamespace, "1"));

        Assert.True(Run(code, sample.Bytes, sample.EtherType, Headroom, Headroom + 14, hasDevice: false));
        Assert.False(Run(code, sample.Bytes, sample.EtherType, Headroom, Headroom + 14));
    }

    private static void RequireBtf() => Assert.SkipUnless(File.Exists(BtfFile), $"This kernel has no {BtfFile}.");

    // Where the kernel may take the headers to be; the first is the right one.
    private static IEnumerable<(int Mac, int Network)> Places(PacketSample sample, Random random)
    {
        int behind = sample.IsEthernet ? 14 : 0;
        yield return (sample.IsEthernet ? Headroom : NoMacHeader, Headroom + behind);
        yield return (Headroom, Headroom + behind);
        yield return (NoMacHeader, Headroom + behind);
        yield return (Headroom, Headroom + 14);
        yield return (Headroom, Headroom + random.Next(20));
    }

    private static byte[] Assemble(DropFilter filter)
    {
        var code = new BpfAssembler();
        code.Move(R6, R1);
        code.Load(BpfSize.Double, R7, R6, 0);
        code.Move64(R9, Counts);
        new FilterCode(code, Layout.Value, new ProgramFilter(filter, Reasons)).Write(R6, R7, R9, RejectedOffset, "end");
        code.Move(R0, 1);
        code.Return();
        code.Label("end");
        code.Move(R0, 0);
        code.Return();
        return code.Assemble();
    }

    private static bool Run(byte[] code, byte[] packet, ushort etherType, int mac, int network, bool hasDevice = true)
    {
        SkbLayout layout = Layout.Value;
        byte[] skb = new byte[512], counts = new byte[24];
        BinaryPrimitives.WriteUInt16BigEndian(skb.AsSpan(layout.Packet("protocol")), etherType);
        BinaryPrimitives.WriteUInt16LittleEndian(skb.AsSpan(layout.Packet("mac_header")), (ushort)mac);
        BinaryPrimitives.WriteUInt16LittleEndian(skb.AsSpan(layout.Packet("network_header")), (ushort)network);
        BinaryPrimitives.WriteInt32LittleEndian(skb.AsSpan(layout.Packet("tail")), Headroom + packet.Length);
        Put(skb, layout.Packet("head"), Head);
        Put(skb, layout.Packet("dev"), hasDevice ? Device : 0);
        var machine = new BpfInterpreter { Task = Task };
        foreach ((ulong start, byte[] bytes) in Surroundings.Value)
        {
            machine.AddMemory(start, bytes);
        }

        machine.AddMemory(Skb, skb);
        machine.AddMemory(Head, [.. new byte[Headroom], .. packet]);
        machine.AddMemory(Counts, counts);
        bool isAccepted = machine.Run(code, Context) == 1;
        Assert.Equal(isAccepted ? 0 : 1, BinaryPrimitives.ReadInt64LittleEndian(counts.AsSpan(RejectedOffset)));
        return isAccepted;
    }

    // What is the same for every packet: the program only reads it.
    private static (ulong Start, byte[] Bytes)[] MakeSurroundings()
    {
        SkbLayout layout = Layout.Value;
        byte[] context = new byte[32], device = new byte[4096], net = new byte[8192], task = new byte[16384], proxy = new byte[128];
        Put(context, 0, Skb);
        Put(context, 16, 3 | (0xffUL << 32)); // NO_SOCKET, and what the upper half may hold
        Put(device, layout.Device("nd_net.net"), Net);
        Encoding.ASCII.GetBytes("eth0").CopyTo(device, layout.Device("name"));
        Put(net, layout.Namespace("ns.ops"), Operations);
        BinaryPrimitives.WriteUInt32LittleEndian(net.AsSpan(layout.Namespace("ns.inum")), Inode);
        Put(task, layout.Offset("task_struct", "nsproxy"), Proxy);
        Put(task, layout.Offset("task_struct", "group_leader"), Task);
        // Behind a name may stand what is left of a longer one.
        "named\0server"u8.CopyTo(task.AsSpan(layout.Offset("task_struct", "comm")));
        Put(proxy, layout.Offset("nsproxy", "net_ns"), Net);
        return [(Context, context), (Device, device), (Net, net), (Task, task), (Proxy, proxy)];
    }

    private static void Put(byte[] memory, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(memory.AsSpan(offset), value);
}
