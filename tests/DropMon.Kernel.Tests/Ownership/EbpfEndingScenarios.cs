using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Ownership;

/// <summary>Nothing of the eBPF source is pinned: the kernel forgets it with the process.</summary>
public sealed class EbpfEndingScenarios(KernelUnderTest kernel)
{
    [Theory]
    [InlineData(Signals.Kill)]
    [InlineData(Signals.Terminate)]
    public void A_session_that_ends_leaves_no_program_in_the_kernel(int signal)
    {
        kernel.Require(KernelFeature.Ebpf);
        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.Ebpf);
        uint program = Assert.Single(LoadedPrograms.Of(session.Id));
        Assert.True(LoadedPrograms.Exists(program));

        session.Signal(signal);
        session.WaitForExit();

        // The kernel frees a program once no CPU can be in it any more.
        Assert.True(SpinWait.SpinUntil(() => !LoadedPrograms.Exists(program), TimeSpan.FromSeconds(20)), "The program is still there.");
    }
}
