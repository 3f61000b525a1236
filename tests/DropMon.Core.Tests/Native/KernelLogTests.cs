using DropMon.Native;

namespace DropMon.Tests.Native;

/// <summary>Records of /dev/kmsg.</summary>
public sealed class KernelLogTests
{
    [Fact]
    public void A_record_has_its_time_and_its_first_line() => Assert.Equal(
        (1346112L, "EXT4-fs (vda): mounted; really"),
        KernelLog.Parse("6,339,1346112,-;EXT4-fs (vda): mounted; really\n SUBSYSTEM=block\n DEVICE=b254:0\n"));

    [Theory]
    [InlineData("")]
    [InlineData(";text")]
    [InlineData("6,1;text")]
    [InlineData("6,1,x,-;text")]
    public void Anything_else_is_no_record(string record) => Assert.Null(KernelLog.Parse(record));
}
