using DropMon.Kernel.Btf;

namespace DropMon.Tests.Kernel.Btf;

public class BtfTypesTests
{
    // Types 1 and 2: what members have; 3: the structure of an unnamed union; then the outer structure, whose last member is a bit field.
    private static readonly BtfBuilder Kernel = new BtfBuilder()
        .Type("", 2, 0, 0)
        .Struct("ns_common", isUnion: false, ("inum", 1, 64))
        .Struct("", isUnion: true, ("dev", 1, 0), ("scratch", 1, 0))
        .Struct("sk_buff", isUnion: false, ("next", 1, 0), ("", 3, 128), ("ns", 2, 256))
        .BitFields("flags", ("low", 1, 3, 0), ("high", 1, 2, 3))
        .Prototype(4)
        .Type("", 2, 0, 6)
        .Type("btf_trace_kfree_skb", 8, 0, 7)
        .Type("bpf_get_current_task_btf", 12, 0, 6);

    [Theory]
    [InlineData("next", 0)]
    [InlineData("ns", 32)]
    [InlineData("ns.inum", 40)]
    public void A_member_is_found_at_its_path(string path, int offset) => Assert.Equal(offset, Types().FindMember("sk_buff", path)?.Offset);

    [Theory]
    [InlineData("dev")]
    [InlineData("scratch")]
    public void Members_of_an_unnamed_union_are_the_structure_s_own(string path) =>
        Assert.Equal(16, Types().FindMember("sk_buff", path)?.Offset);

    [Fact]
    public void A_bit_field_has_its_place_and_its_size() =>
        Assert.Equal((3u, 2u), Types().FindMember("flags", "high") is { } member ? (member.BitOffset, member.BitSize) : default);

    [Theory]
    [InlineData("sk_buff", "none")]
    [InlineData("sk_buff", "next.more")]
    [InlineData("none", "next")]
    public void What_the_kernel_lacks_is_not_found(string structure, string path) => Assert.Null(Types().FindMember(structure, path));

    [Fact]
    public void The_arguments_of_a_tracepoint_are_counted_without_the_kernel_s_own() =>
        Assert.Equal(3, Types().CountTracepointArguments("kfree_skb"));

    [Fact]
    public void A_tracepoint_that_the_kernel_lacks_has_no_arguments() => Assert.Null(Types().CountTracepointArguments("consume_skb"));

    [Fact]
    public void A_function_is_found_by_name() => Assert.True(Types().HasFunction("bpf_get_current_task_btf"));

    [Fact]
    public void A_structure_of_that_name_is_no_function() => Assert.False(Types().HasFunction("sk_buff"));

    [Fact]
    public void A_structure_that_holds_itself_ends() =>
        Assert.Null(BtfTypes.TryParse(new BtfBuilder().Struct("self", isUnion: false, ("", 1, 0)).ToArray())!.FindMember("self", "x"));

    [Fact]
    public void This_kernel_s_packets_begin_with_their_list() =>
        Assert.Equal(0, BtfTypes.TryParse(File.ReadAllBytes("/sys/kernel/btf/vmlinux"))!.FindMember("sk_buff", "next")?.Offset);

    private static BtfTypes Types() => BtfTypes.TryParse(Kernel.ToArray())!;
}
