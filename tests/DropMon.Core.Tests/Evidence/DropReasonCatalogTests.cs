using DropMon.Evidence;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Tests.Evidence;

public class DropReasonCatalogTests
{
    private readonly DropReasonCatalog _catalog = new(
        DropKnowledge.Embedded,
        new Kernel(new KernelReason("NO_SOCKET", "core"), new KernelReason("BRAND_NEW", "core"), new KernelReason("NO_SOCKET", "novel")));

    [Fact]
    public void A_wildcard_finds_whatever_the_case()
    {
        Assert.All(_catalog.Find(NamePattern.Parse("tcp_md5*")),
            reason => Assert.StartsWith("TCP_MD5", reason.Name, StringComparison.Ordinal));
        Assert.Equal(3, _catalog.Find(NamePattern.Parse("tcp_md5*")).Count());
    }

    [Fact]
    public void A_class_narrows_the_list()
    {
        Assert.NotEmpty(_catalog.Find(dropClass: DropClass.Netfilter));
        Assert.All(_catalog.Find(dropClass: DropClass.Netfilter), reason => Assert.Equal(DropClass.Netfilter, reason.Class));
    }

    [Fact]
    public void A_reason_of_the_running_kernel_that_the_map_lacks_is_listed_by_its_name_alone()
    {
        DropReasonInfo reason = Assert.Single(_catalog.Find(NamePattern.Parse("BRAND_NEW")));

        Assert.Equal((DropClass.Unknown, null, true), (reason.Class, reason.Meaning, reason.InRunningKernel));
    }

    [Fact]
    public void The_same_name_in_two_subsystems_is_two_reasons()
    {
        Assert.Equal(["core", "novel"], _catalog.Find(NamePattern.Parse("NO_SOCKET")).Select(reason => reason.Subsystem));
    }

    [Fact]
    public void It_tells_whether_the_running_kernel_has_a_reason()
    {
        Assert.True(Assert.Single(_catalog.Find(NamePattern.Parse("NO_SOCKET")), reason => reason.Subsystem == "core").InRunningKernel);
        Assert.False(Assert.Single(_catalog.Find(NamePattern.Parse("IP_CSUM"))).InRunningKernel);
    }

    [Fact]
    public void Without_a_running_kernel_it_does_not_guess()
    {
        Assert.Null(Assert.Single(new DropReasonCatalog(DropKnowledge.Embedded).Find(NamePattern.Parse("IP_CSUM"))).InRunningKernel);
    }

    private sealed class Kernel(params KernelReason[] reasons) : IRunningKernelReasons
    {
        public IReadOnlyCollection<KernelReason> Reasons => reasons;
    }
}
