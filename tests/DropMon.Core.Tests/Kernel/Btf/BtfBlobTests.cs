using DropMon.Kernel.Btf;

namespace DropMon.Tests.Kernel.Btf;

public class BtfBlobTests
{
    private static readonly BtfBuilder Kernel = new BtfBuilder()
        .EveryOtherKind()
        .Enum("skb_drop_reason", ("SKB_NOT_DROPPED_YET", 0), ("SKB_DROP_REASON_NO_SOCKET", 3))
        .EveryOtherKind()
        .Enum64("wide_drop_reason", ("NARROW", 0x20001), ("WIDE", 0x1_0000_0001))
        .Enum("unrelated", ("A", 1));

    [Fact]
    public void Enumerations_are_found_between_types_of_every_kind()
    {
        List<BtfEnum> found = Parse(Kernel.ToArray()).FindEnums("drop_reason"u8);

        Assert.Equal(["skb_drop_reason", "wide_drop_reason"], found.Select(e => e.Name));
        Assert.Equal([new("SKB_NOT_DROPPED_YET", 0), new("SKB_DROP_REASON_NO_SOCKET", 3)], found[0].Values);
    }

    [Fact]
    public void A_constant_wider_than_a_reason_is_passed_over() =>
        Assert.Equal([new("NARROW", 0x20001)], Parse(Kernel.ToArray()).FindEnums("wide"u8).Single().Values);

    [Fact]
    public void A_longer_header_of_a_later_kernel_is_stepped_over() =>
        Assert.Equal(2, Parse(Kernel.ToArray(headerSize: 32)).FindEnums("drop_reason"u8).Count);

    [Fact]
    public void A_module_s_strings_go_on_where_the_kernel_s_end()
    {
        byte[] module = new BtfBuilder(Kernel).Enum("ovs_drop_reason", ("OVS_DROP_METER", 0x30005)).ToArray();

        BtfEnum found = Assert.Single(BtfBlob.TryParse(module, Parse(Kernel.ToArray()))!.FindEnums("drop_reason"u8));

        Assert.Equal(("ovs_drop_reason", new BtfEnumerator("OVS_DROP_METER", 0x30005)), (found.Name, Assert.Single(found.Values)));
    }

    [Fact]
    public void A_type_of_an_unknown_kind_ends_the_walk_and_keeps_what_was_found()
    {
        byte[] bytes = new BtfBuilder().Enum("a_drop_reason", ("A", 1)).Type("x", 31, 0, 0).Enum("b_drop_reason", ("B", 2)).ToArray();

        Assert.Equal("a_drop_reason", Assert.Single(Parse(bytes).FindEnums("drop_reason"u8)).Name);
    }

    [Fact]
    public void Bytes_without_the_magic_number_are_no_description() => Assert.Null(BtfBlob.TryParse(new byte[100]));

    [Fact]
    public void No_truncation_and_no_flipped_byte_raises_an_exception()
    {
        byte[] bytes = Kernel.ToArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            _ = BtfBlob.TryParse(bytes.AsMemory(0, i))?.FindEnums("drop"u8);
            foreach (byte bit in (ReadOnlySpan<byte>)[0x01, 0x80, 0xff])
            {
                byte[] flipped = [.. bytes];
                flipped[i] ^= bit;
                _ = BtfBlob.TryParse(flipped)?.FindEnums("drop"u8);
            }
        }
    }

    private static BtfBlob Parse(byte[] bytes) => BtfBlob.TryParse(bytes)
        ?? throw new InvalidOperationException("The builder wrote no BTF.");
}
