using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

public class FunctionNameTests
{
    [Theory]
    [InlineData("udp_rcv", "udp_rcv")]
    [InlineData("ip_rcv_core.isra.0", "ip_rcv_core")]
    [InlineData("ip_rcv_finish_core.constprop.0", "ip_rcv_finish_core")]
    [InlineData("tcp_v4_rcv.part.0.cold", "tcp_v4_rcv")]
    [InlineData("nf_hook_slow.llvm.1234567890", "nf_hook_slow")]
    [InlineData(".cold", ".cold")]
    public void What_the_compiler_appended_is_dropped(string symbol, string function)
    {
        Assert.Equal(function, FunctionName.StripCompilerSuffix(symbol));
    }
}
