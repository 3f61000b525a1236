using DropMon.Kernel.Tracing;
using DropMon.KernelTests.Kernel;
using DropMon.Reasons;

namespace DropMon.KernelTests.Scenarios;

/// <summary>What this kernel may say, DropMon can explain.</summary>
public sealed class KnowledgeScenarios(KernelUnderTest kernel)
{
    [Fact]
    public void The_kernel_has_exactly_the_features_that_the_rig_expects()
    {
        Assert.SkipWhen(kernel.Expected is null, "nobody has said what this kernel must have: DROPMON_EXPECT is not set");

        Assert.Equal([.. kernel.Expected!.Order()], Enum.GetValues<KernelFeature>().Where(kernel.Has));
    }

    [Fact]
    public void Every_core_reason_of_this_kernel_is_in_the_knowledge_file()
    {
        kernel.Require(KernelFeature.TracepointReasons);

        // MAX ends the enumeration; no packet is dropped for it.
        IEnumerable<string> reasons = KfreeSkbTracepoint.ReadFormat().Symbols("reason").Values.Where(name => name != "MAX");

        Assert.NotEmpty(reasons);
        Assert.All(reasons, name => Assert.True(DropKnowledge.Embedded.Contains(KernelReasonTable.CoreSubsystem, name), name));
    }
}
