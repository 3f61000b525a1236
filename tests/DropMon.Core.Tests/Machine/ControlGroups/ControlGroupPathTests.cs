using DropMon.Machine.ControlGroups;

namespace DropMon.Tests.Machine.ControlGroups;

public class ControlGroupPathTests
{
    private const string Id = "3f4e5c0a9b8d7e6f3f4e5c0a9b8d7e6f3f4e5c0a9b8d7e6f3f4e5c0a9b8d7e6f";
    private const string Pod = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0";
    private const string PodInSlice = "0b1c2d3e_4f50_6172_8394_a5b6c7d8e9f0";
    private const string Slice = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + PodInSlice + ".slice";

    [Theory]
    [InlineData("/system.slice/nginx.service", "nginx.service")]
    [InlineData("/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/app-Terminal.slice/vte-1.scope", "vte-1.scope")]
    [InlineData("/user.slice/user-1000.slice/session-3.scope", "session-3.scope")]
    [InlineData("/system.slice/nginx.service/workers", "nginx.service")]
    [InlineData("/user.slice", "user.slice")]
    [InlineData("/", null)]
    [InlineData("/kubepods/besteffort", null)]
    [InlineData("/.service", null)]
    public void TheInnermostUnitCountsAndASliceOnlyWithoutAnother(string path, string? unit) =>
        Assert.Equal(unit, ControlGroupPath.Parse(path).Unit);

    [Theory]
    [InlineData("/system.slice/docker-" + Id + ".scope", Id)]
    [InlineData("/docker/" + Id, Id)]
    [InlineData("/machine.slice/libpod-" + Id + ".scope/container", Id)]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + Id + ".scope", Id)]
    [InlineData(Slice + "/cri-containerd-" + Id + ".scope", Id)]
    [InlineData("/kubepods.slice/kubepods-pod" + PodInSlice + ".slice/crio-" + Id + ".scope", Id)]
    [InlineData("/kubepods/burstable/pod" + Pod + "/" + Id, Id)]
    [InlineData("/system.slice/nerdctl-" + Id + ".scope", Id)]
    [InlineData("/lxc.payload.web/system.slice/nginx.service", "web")]
    [InlineData("/lxc/web", "web")]
    [InlineData(@"/machine.slice/machine-build\x2d1.scope/payload", "build-1")]
    [InlineData(@"/machine.slice/systemd-nspawn@build\x2d1.service/payload", "build-1")]
    public void AContainerIsRecognizedByItsRuntimesConvention(string path, string id) =>
        Assert.Equal(id, ControlGroupPath.Parse(path).ContainerId);

    [Theory]
    [InlineData("/system.slice/nginx.service")]
    [InlineData("/machine.slice/libpod-conmon-" + Id + ".scope")]
    [InlineData("/kubepods.slice/crio-conmon-" + Id + ".scope")]
    [InlineData("/system.slice/docker.service")]
    [InlineData("/system.slice/docker-3f4e5c0a.scope")]
    [InlineData("/docker/" + "3F4E5C0A9B8D7E6F3F4E5C0A9B8D7E6F3F4E5C0A9B8D7E6F3F4E5C0A9B8D7E6F")]
    [InlineData("/kubepods/burstable/pod" + Pod)]
    [InlineData("/system.slice/containerd.service/kubepods")]
    public void WhatOnlyLooksAlikeIsNoContainer(string path) => Assert.Null(ControlGroupPath.Parse(path).ContainerId);

    [Fact]
    public void TheContainerInAContainerCounts()
    {
        string inner = new('a', 64);

        Assert.Equal(inner, ControlGroupPath.Parse($"/docker/{Id}/docker/{inner}").ContainerId);
    }
}
