using System.Text;
using DropMon.Machine;
using DropMon.Sources.Tracepoint;

namespace DropMon.Tests.Sources.Tracepoint;

public class CpuTests
{
    [Theory]
    [InlineData("0\n", new[] { 0 })]
    [InlineData("0-3,8\n", new[] { 0, 1, 2, 3, 8 })]
    [InlineData("0,2-3", new[] { 0, 2, 3 })]
    [InlineData("", new int[0])]
    [InlineData("3-1,x,-,0-99999,5", new[] { 5 })]
    public void A_list_of_CPUs_is_parsed_and_nonsense_passed_over(string list, int[] cpus) => Assert.Equal(cpus, CpuList.Parse(list));

    [Fact]
    public void This_machine_s_CPUs_are_found() => Assert.NotEmpty(CpuList.ReadOnline());

    [Theory]
    [InlineData("offline@/devices/system/cpu/cpu1\0ACTION=offline\0", 1, true)]
    [InlineData("online@/devices/system/cpu/cpu12\0ACTION=online\0", 12, false)]
    [InlineData("online@/devices/system/cpu/cpu3", 3, false)]
    public void Announcements_of_CPUs_are_understood(string announcement, int cpu, bool isOffline)
    {
        Assert.True(CpuChanges.TryParse(Encoding.UTF8.GetBytes(announcement), out int found, out bool offline));
        Assert.Equal((cpu, isOffline), (found, offline));
    }

    [Theory]
    [InlineData("")]
    [InlineData("add@/devices/system/cpu/cpu1\0")]
    [InlineData("offline@/devices/system/memory/memory1\0")]
    [InlineData("offline@/devices/system/cpu/cpufreq\0")]
    [InlineData("offline@/devices/system/cpu/cpu-1\0")]
    [InlineData("offline@/devices/system/cpu/cpu99999999999\0")]
    public void Other_announcements_are_passed_over(string announcement) =>
        Assert.False(CpuChanges.TryParse(Encoding.UTF8.GetBytes(announcement), out _, out _));

    [Theory]
    [InlineData(1, 8 << 20)]
    [InlineData(8, 8 << 20)]
    [InlineData(48, 2 << 20)]
    [InlineData(64, 1 << 20)]
    [InlineData(4096, 256 << 10)]
    public void Rings_shrink_as_CPUs_grow_in_number(int cpus, int size) => Assert.Equal(size, new TracepointOptions().RingSizeFor(cpus));
}
