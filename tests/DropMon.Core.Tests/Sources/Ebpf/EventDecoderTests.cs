using System.Text;
using DropMon.Sources;
using DropMon.Sources.Ebpf;

namespace DropMon.Tests.Sources.Ebpf;

public class EventDecoderTests
{
    [Fact]
    public void An_event_s_fields_are_read()
    {
        RawDrop drop = default;

        Assert.True(new EventDecoder(hasReason: true).TryDecode(Event(), ref drop));

        Assert.Equal((77, 0xffffffff81000010UL, 6u, 3, 4242),
            (drop.UnixNanoseconds, drop.Address, drop.ReasonNumber, drop.Cpu, drop.ProcessId));
        Assert.Equal((9, 4026531840u, (ushort)0x0800, 1500),
            (drop.InterfaceIndex, drop.NetworkNamespace, drop.EtherType, drop.OriginalLength));
        Assert.Equal(0x1_0000_2a17UL, drop.ControlGroup);
    }

    [Fact]
    public void The_numbers_beside_the_bytes_are_read()
    {
        RawDrop drop = default;
        new EventDecoder(hasReason: true).TryDecode(Event(), ref drop);

        Assert.Equal(new PacketMetadata(42, 65543, 0xdeadbeef, 2, 100, 1448, 17), drop.Metadata);
    }

    [Fact]
    public void Without_a_tag_there_is_no_vlan_whatever_the_number_says()
    {
        byte[] record = Event();
        record[EventLayout.HasVlanTag] = 0;
        RawDrop drop = default;
        new EventDecoder(hasReason: true).TryDecode(record, ref drop);

        Assert.Null(drop.Metadata?.VlanId);
    }

    [Fact]
    public void Names_end_at_their_zero()
    {
        RawDrop drop = default;
        new EventDecoder(hasReason: true).TryDecode(Event(), ref drop);

        Assert.Equal(("eth0", "curl"), (Encoding.ASCII.GetString(drop.InterfaceName), Encoding.ASCII.GetString(drop.ProcessName)));
    }

    [Fact]
    public void A_name_without_a_zero_ends_with_its_field()
    {
        byte[] record = Event();
        record.AsSpan(EventLayout.InterfaceName, EventLayout.NameSize).Fill((byte)'x');
        RawDrop drop = default;
        new EventDecoder(hasReason: true).TryDecode(record, ref drop);

        Assert.Equal(new string('x', EventLayout.NameSize), Encoding.ASCII.GetString(drop.InterfaceName));
    }

    [Fact]
    public void The_bytes_are_those_that_were_captured()
    {
        RawDrop drop = default;
        new EventDecoder(hasReason: true).TryDecode(Event(), ref drop);

        Assert.Equal([1, 2, 3], drop.Payload.ToArray());
    }

    [Fact]
    public void A_kernel_without_reasons_gives_none()
    {
        RawDrop drop = default;
        new EventDecoder(hasReason: false).TryDecode(Event(), ref drop);

        Assert.False(drop.HasReasonNumber);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(EventLayout.Bytes - 1)]
    [InlineData(EventLayout.Bytes + 2)]
    public void An_event_that_is_shorter_than_it_says_is_malformed(int length)
    {
        RawDrop drop = default;

        Assert.False(new EventDecoder(hasReason: true).TryDecode(Event().AsSpan(0, length), ref drop));
    }

    private static byte[] Event()
    {
        byte[] record = new byte[EventLayout.Bytes + 8];
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Time), 77L);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Location), 0xffffffff81000010UL);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.ControlGroup), 0x1_0000_2a17UL);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Reason), 6);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Cpu), 3);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Thread), (4242UL << 32) | 4243);
        "curl"u8.CopyTo(record.AsSpan(EventLayout.ProcessName));
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.InterfaceIndex), 9);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.NetworkNamespace), 4026531840);
        "eth0"u8.CopyTo(record.AsSpan(EventLayout.InterfaceName));
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Mark), 42);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Priority), 65543);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Hash), 0xdeadbeef);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.QueueMapping), (ushort)2);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.VlanTag), (ushort)(0xe000 | 100));
        record[EventLayout.HasVlanTag] = 1;
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.GsoSize), (ushort)1448);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.GsoSegments), (ushort)17);
        record[EventLayout.Protocol] = 8;
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.Captured), 3);
        BitConverter.TryWriteBytes(record.AsSpan(EventLayout.OriginalLength), 1500);
        record[EventLayout.Bytes] = 1;
        record[EventLayout.Bytes + 1] = 2;
        record[EventLayout.Bytes + 2] = 3;
        return record;
    }
}
