using DropMon.Netlink;
using static DropMon.Tests.Netlink.NetlinkBytes;

namespace DropMon.Tests.Netlink;

public class NetlinkFramingTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(17, 20)]
    public void Lengths_are_rounded_up_to_four(int length, int aligned) => Assert.Equal(aligned, NetlinkHeader.Align(length));

    [Fact]
    public void A_header_survives_the_round_trip()
    {
        var header = new NetlinkHeader(20, 16, NetlinkFlags.Request | NetlinkFlags.Ack, 7, 9);
        byte[] bytes = new byte[NetlinkHeader.Size];

        header.Write(bytes);

        Assert.True(NetlinkHeader.TryRead(bytes, out NetlinkHeader read));
        Assert.Equal(header, read);
    }

    [Fact]
    public void Messages_of_odd_length_are_walked_over_their_padding()
    {
        var reader = new NetlinkMessageReader([.. Message(20, [1, 2, 3, 4, 5]), .. Message(21, [6])]);
        var seen = new List<(ushort, int)>();
        while (reader.MoveNext())
        {
            seen.Add((reader.Header.Type, reader.Payload.Length));
        }

        Assert.Equal([(20, 5), (21, 1)], seen);
        Assert.False(reader.IsMalformed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(21)]
    [InlineData(uint.MaxValue)]
    public void A_length_that_does_not_fit_ends_the_walk(uint length)
    {
        byte[] bytes = Message(20, [1, 2, 3, 4]);
        BitConverter.TryWriteBytes(bytes, length);
        var reader = new NetlinkMessageReader(bytes);

        Assert.False(reader.MoveNext());
        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void Attributes_give_numbers_text_and_nested_ones()
    {
        var reader = new AttributeReader(
            [.. Attribute(1, Number((byte)7)), .. Attribute(2, ZeroTerminated("events")), .. Attribute(0x8003, Attribute(0, Number(5UL)))]);

        Assert.True(reader.MoveNext());
        Assert.Equal((1, 7), (reader.Type, reader.ReadByte()));
        Assert.True(reader.MoveNext());
        Assert.Equal("events", reader.ReadText());
        Assert.True(reader.MoveNext());
        // NLA_F_NESTED is no part of the type.
        Assert.Equal(3, reader.Type);
        AttributeReader nested = reader.Nested();
        Assert.True(nested.MoveNext());
        Assert.Equal((0, 5UL), (nested.Type, nested.ReadUInt64()));
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsMalformed);
    }

    [Fact]
    public void Text_without_its_zero_is_taken_whole()
    {
        var reader = new AttributeReader(Attribute(1, "lo"u8.ToArray()));
        reader.MoveNext();

        Assert.Equal("lo", reader.ReadText());
    }

    [Fact]
    public void A_value_too_short_for_its_type_reads_as_zero_and_is_malformed()
    {
        var reader = new AttributeReader(Attribute(1, Number((ushort)9)));
        reader.MoveNext();

        Assert.Equal(0u, reader.ReadUInt32());
        Assert.True(reader.IsMalformed);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    public void An_attribute_whose_length_does_not_fit_ends_the_walk(ushort length)
    {
        byte[] bytes = Attribute(1, Number(5UL));
        BitConverter.TryWriteBytes(bytes, length);
        var reader = new AttributeReader(bytes);

        Assert.False(reader.MoveNext());
        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void A_request_pads_its_attributes_and_reads_back()
    {
        byte[] request = new NetlinkRequest(20, NetlinkFlags.None, "Asking")
            .Add(1, "abc")
            .AddFlag(2)
            .Add(3, (byte)4)
            .Add(5, 6u)
            .ToArray(1, 0);

        Assert.Equal(0, request.Length % 4);
        Assert.Equal((uint)request.Length, BitConverter.ToUInt32(request));
        var reader = new AttributeReader(request.AsSpan(NetlinkHeader.Size));
        var seen = new List<(ushort, int)>();
        while (reader.MoveNext())
        {
            seen.Add((reader.Type, reader.Value.Length));
        }

        Assert.Equal([(1, 4), (2, 0), (3, 1), (5, 4)], seen);
    }

    [Fact]
    public void A_dump_asks_for_no_acknowledgement()
    {
        NetlinkHeader.TryRead(new NetlinkRequest(20, NetlinkFlags.Dump, "Dumping").ToArray(1, 0), out NetlinkHeader header);

        Assert.Equal(NetlinkFlags.Request | NetlinkFlags.Dump, header.Flags);
    }

    [Fact]
    public void A_value_too_long_for_an_attribute_is_refused() =>
        Assert.Throws<OverflowException>(() => new NetlinkRequest(20, NetlinkFlags.None, "Asking").Add(1, new byte[65536]));
}
