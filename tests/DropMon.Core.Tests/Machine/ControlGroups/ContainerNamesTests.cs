using DropMon.Machine.ControlGroups;

namespace DropMon.Tests.Machine.ControlGroups;

public sealed class ContainerNamesTests : IDisposable
{
    private const string Id = "3f4e5c0a9b8d7e6f3f4e5c0a9b8d7e6f3f4e5c0a9b8d7e6f3f4e5c0a9b8d7e6f";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void DockersNameComesFromItsConfiguration()
    {
        Write($"var/lib/docker/containers/{Id}/config.v2.json", """{"ID":"x","Name":"/web","State":{"Running":true}}""");

        Assert.Equal("web", Name());
    }

    [Theory]
    [InlineData("io.kubernetes.cri.sandbox-namespace", "io.kubernetes.cri.sandbox-name", "io.kubernetes.cri.container-name")]
    [InlineData("io.kubernetes.pod.namespace", "io.kubernetes.pod.name", "io.kubernetes.container.name")]
    public void AContainerOfAPodIsNamedWithNamespaceAndPod(string space, string pod, string container)
    {
        Write($"run/containerd/io.containerd.runtime.v2.task/k8s.io/{Id}/config.json",
            $$$"""{"annotations":{"{{{space}}}":"shop","{{{pod}}}":"web-0","{{{container}}}":"nginx"}}""");

        Assert.Equal("shop/web-0/nginx", Name());
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("k8s_nginx_web-0_shop_0b1c_0", "shop/web-0/nginx")]
    public void PodmansAndCriOsNamesComeFromTheirStorage(string stored, string name)
    {
        Write("var/lib/containers/storage/overlay-containers/containers.json",
            $$"""[{"id":"other","names":["no"]},{"id":"{{Id}}","names":["{{stored}}"]}]""");

        Assert.Equal(name, Name());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Name\":7}")]
    [InlineData("{\"Name\":\"\"}")]
    [InlineData("{\"Name\":")]
    public void WithoutANameTheIdMustDo(string config)
    {
        Write($"var/lib/docker/containers/{Id}/config.v2.json", config);

        Assert.Equal("3f4e5c0a9b8d", Name());
    }

    [Fact]
    public void ANameIsEscapedAndNotEndless()
    {
        Write($"var/lib/docker/containers/{Id}/config.v2.json", "{\"Name\":\"/\\u001b[2Jx" + new string('y', 9000) + "\"}");

        string name = Name()!;

        Assert.StartsWith("\\u001b[2Jx", name, StringComparison.Ordinal);
        Assert.Equal(512, name.Length);
    }

    [Fact]
    public void AFileThatOthersCanReplaceIsNotRead()
    {
        Write($"var/lib/docker/containers/{Id}/config.v2.json", """{"Name":"/web"}""");
        File.SetUnixFileMode(Path.Combine(_root.FullName, "var/lib/docker/containers", Id),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        Assert.Equal("3f4e5c0a9b8d", Name());
    }

    [Fact]
    public void AMachineHasItsOwnName() =>
        Assert.Equal("build-1", Names().Find(ControlGroupPath.Parse(@"/machine.slice/machine-build\x2d1.scope")));

    [Fact]
    public void AUnitIsNoContainer() => Assert.Null(Names().Find(ControlGroupPath.Parse("/system.slice/nginx.service")));

    private ContainerNames Names() => new(_root.FullName);

    private string? Name() => Names().Find(ControlGroupPath.Parse($"/system.slice/docker-{Id}.scope"));

    private void Write(string path, string text)
    {
        string full = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
