using System.Buffers.Binary;
using DropMon.Filters;
using DropMon.Packets;
using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf.Filtering;

/// <summary>
/// The conditions on a packet's protocols, addresses and ports. Decided are packets that begin with an Ethernet header without tags, or
/// with an IP header, and that <see cref="PacketPeek"/> reads the same way: what the frame says of its protocol is what the kernel has for
/// it, and the headers lie in one piece. Of IPv6 with extension headers, IPv4 with options and later fragments the ports, and where needed
/// the protocol, are decided above.
/// </summary>
internal sealed class PacketCode(BpfAssembler code, SkbLayout layout, ProgramFilter filter, FilterCode tests, string rejected)
{
    private const int NoMacHeader = 0xffff;
    private const int EthernetLength = LinkLayer.EthernetLength;

    // The IP header stands at a multiple of 8, so that addresses can be loaded at once.
    private const int IpOnStack = -48, FrameOnStack = IpOnStack - EthernetLength, TypeOnStack = IpOnStack - sizeof(ushort);
    private const int PortsLength = 4;
    private const int Ipv4FirstByte = 0x45; // an Ethernet address that begins like an IPv4 header

    private readonly string _done = tests.NewLabel("packet done");

    /// <summary>Appends the tests.</summary>
    public void Write(BpfRegister packet)
    {
        string bare = tests.NewLabel("no frame");
        // R2 = where the frame begins, R3 = where the network header does, R8 = the protocol in network order.
        code.Load(BpfSize.Half, R8, packet, layout.Packet("protocol"));
        code.Load(BpfSize.Half, R2, packet, layout.Packet("mac_header"));
        code.Load(BpfSize.Half, R3, packet, layout.Packet("network_header"));
        code.JumpIf(BpfCondition.Equal, R2, NoMacHeader, bare);
        code.Move(R4, R3);
        code.Alu(BpfOperation.Subtract, R4, R2);
        code.JumpIf(BpfCondition.Equal, R4, 0, bare);
        code.JumpIf(BpfCondition.NotEqual, R4, EthernetLength, _done);
        WriteFamilies(packet, isFrame: true);
        code.Label(bare);
        code.Move(R2, R3);
        WriteFamilies(packet, isFrame: false);
        code.Label(_done);
    }

    private void WriteFamilies(BpfRegister packet, bool isFrame)
    {
        string ipv4 = tests.NewLabel("IPv4");
        string ipv6 = tests.NewLabel("IPv6");
        code.JumpIf(BpfCondition.Equal, R8, NetworkOrder(EtherType.Ipv4), ipv4);
        code.JumpIf(BpfCondition.Equal, R8, NetworkOrder(EtherType.Ipv6), ipv6);
        if (isFrame)
        {
            Read(packet, 0, isFrame);
            TestFrame();
            TestOther();
        }

        code.Jump(_done);
        code.Label(ipv4);
        Read(packet, Ipv4Header.FixedLength + PortsLength, isFrame);
        TestBeginning(isFrame, EtherType.Ipv4);
        TestIpv4();
        code.Jump(_done);
        code.Label(ipv6);
        Read(packet, Ipv6Header.Length + PortsLength, isFrame);
        TestBeginning(isFrame, EtherType.Ipv6);
        TestIpv6();
        code.Jump(_done);
    }

    // Copies the headers to the stack; what is shorter or lies in several pieces is undecided.
    private void Read(BpfRegister packet, int length, bool isFrame)
    {
        int size = isFrame ? EthernetLength + length : length;
        code.Load(BpfSize.Word, R4, packet, layout.Packet("tail"));
        code.Alu(BpfOperation.Subtract, R4, R2);
        code.JumpIf(BpfCondition.SignedAtMost, R4, size - 1, _done);
        code.Load(BpfSize.Double, R3, packet, layout.Packet("head"));
        code.Alu(BpfOperation.Add, R3, R2);
        code.Move(R1, R10);
        code.Alu(BpfOperation.Add, R1, isFrame ? FrameOnStack : IpOnStack);
        code.Move(R2, size);
        code.CallHelper(BpfHelper.ReadKernel);
        code.JumpIf(BpfCondition.NotEqual, R0, 0, _done);
    }

    private void TestBeginning(bool isFrame, ushort type)
    {
        if (isFrame)
        {
            TestFrame();
            return;
        }

        // Part of the source's address, where a frame has its type.
        code.Load(BpfSize.Half, R1, R10, IpOnStack + EthernetLength - sizeof(ushort));
        foreach (ushort confusing in (ushort[])[type, EtherType.Vlan, EtherType.ServiceVlan, EtherType.OldStackedVlan])
        {
            code.JumpIf(BpfCondition.Equal, R1, NetworkOrder(confusing), _done);
        }
    }

    private void TestFrame()
    {
        code.Load(BpfSize.Half, R1, R10, TypeOnStack);
        code.JumpIf(BpfCondition.NotEqual, R1, R8, _done);
        code.Load(BpfSize.Byte, R1, R10, FrameOnStack);
        code.JumpIf(BpfCondition.Equal, R1, Ipv4FirstByte, _done);
    }

    // A frame that is not IP: it has no ports, and but for ARP no addresses.
    private void TestOther()
    {
        code.Move(R1, R8);
        code.FromNetworkOrder(R1, BpfSize.Half);
        code.JumpIf(BpfCondition.AtMost, R1, EtherType.Minimum - 1, _done);
        foreach (ushort carrier in (ushort[])[EtherType.Vlan, EtherType.ServiceVlan, EtherType.OldStackedVlan, EtherType.Mpls,
            EtherType.MplsMulticast, EtherType.PppoeSession])
        {
            code.JumpIf(BpfCondition.Equal, R1, carrier, _done);
        }

        if (filter.AsksForPorts)
        {
            code.Jump(rejected);
            return;
        }

        Require(filter.EtherTypes, R1);
        if (filter.AsksForAddresses)
        {
            code.JumpIf(BpfCondition.NotEqual, R1, EtherType.Arp, rejected);
        }
    }

    private void TestIpv4()
    {
        code.Load(BpfSize.Byte, R1, R10, IpOnStack);
        code.JumpIf(BpfCondition.AtMost, R1, 0x44, _done);
        code.Move(R2, R1);
        code.Alu(BpfOperation.ShiftRight, R2, 4);
        code.JumpIf(BpfCondition.NotEqual, R2, 4, _done);
        new AddressCode(code, tests, rejected).Write(filter, IpOnStack + 12, IpOnStack + 16, size: 4);
        if (filter.ProtocolsOfIpv4 is null && !filter.AsksForPorts)
        {
            return;
        }

        code.Load(BpfSize.Byte, R1, R10, IpOnStack + 9);
        code.JumpIf(BpfCondition.Equal, R1, IpProtocol.Authentication, _done);
        Require(filter.ProtocolsOfIpv4, R1);
        if (filter.AsksForPorts)
        {
            code.Load(BpfSize.Half, R2, R10, IpOnStack + 6);
            code.Alu(BpfOperation.And, R2, NetworkOrder(0x1fff));
            code.JumpIf(BpfCondition.NotEqual, R2, 0, _done);
            TestHasPorts();
            code.Load(BpfSize.Byte, R2, R10, IpOnStack);
            code.JumpIf(BpfCondition.NotEqual, R2, 0x45, _done);
            TestPorts(IpOnStack + Ipv4Header.FixedLength);
        }
    }

    private void TestIpv6()
    {
        code.Load(BpfSize.Byte, R1, R10, IpOnStack);
        code.Alu(BpfOperation.ShiftRight, R1, 4);
        code.JumpIf(BpfCondition.NotEqual, R1, 6, _done);
        new AddressCode(code, tests, rejected).Write(filter, IpOnStack + 8, IpOnStack + 24, size: 16);
        if (filter.ProtocolsOfIpv6 is null && !filter.AsksForPorts)
        {
            return;
        }

        code.Load(BpfSize.Byte, R1, R10, IpOnStack + 6);
        for (int number = 0; number <= byte.MaxValue; number++)
        {
            if (Ipv6Extension.IsOne((byte)number))
            {
                code.JumpIf(BpfCondition.Equal, R1, number, _done);
            }
        }

        Require(filter.ProtocolsOfIpv6, R1);
        if (filter.AsksForPorts)
        {
            TestHasPorts();
            TestPorts(IpOnStack + Ipv6Header.Length);
        }
    }

    private void TestHasPorts()
    {
        string has = tests.NewLabel("has ports");
        for (int number = 0; number <= byte.MaxValue; number++)
        {
            if (PacketPeek.HasPorts((byte)number))
            {
                code.JumpIf(BpfCondition.Equal, R1, number, has);
            }
        }

        code.Jump(rejected);
        code.Label(has);
    }

    private void TestPorts(int offset)
    {
        code.Load(BpfSize.Half, R1, R10, offset);
        code.FromNetworkOrder(R1, BpfSize.Half);
        code.Load(BpfSize.Half, R2, R10, offset + sizeof(ushort));
        code.FromNetworkOrder(R2, BpfSize.Half);
        Require(filter.SourcePorts, R1);
        Require(filter.DestinationPorts, R2);
        Require(filter.Ports, R1, R2);
    }

    // Rejects what has none of its numbers in the ranges; null is no condition.
    private void Require(IReadOnlyList<NumberRange>? ranges, params BpfRegister[] numbers)
    {
        if (ranges is null)
        {
            return;
        }

        string wanted = tests.NewLabel("wanted");
        foreach (BpfRegister number in numbers)
        {
            tests.JumpIfIn(ranges, number, wanted);
        }

        code.Jump(rejected);
        code.Label(wanted);
    }

    private static int NetworkOrder(ushort number) => BinaryPrimitives.ReverseEndianness(number);
}
