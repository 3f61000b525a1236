using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Ownership;

/// <summary>Nothing of the eBPF source is pinned: the kernel forgets it with the process.</summary>
public sealed class EbpfEndingScenarios(KernelUnderTest kernel)
{
    private const string Name = "dropmon_drop";

    [Theory]
    [InlineData(Signals.Kill)]
    [InlineData(Signals.Terminate)]
    public void A_session_that_ends_leaves_no_program_in_the_kernel(int signal)
    {
        kernel.Require(KernelFeature.Ebpf);
        int before = LoadedPrograms.Count(Name);
        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.Ebpf);
        Assert.Equal(before + 1, LoadedPrograms.Count(Name));

        session.Signal(signal);
        session.WaitForExit();

        // The kernel frees a program once no CPU can be in it any more.
        Assert.True(SpinWait.SpinUntil(() => LoadedPrograms.Count(Name) == before, TimeSpan.FromSeconds(20)),
            "The program is still there.");
    }
}
