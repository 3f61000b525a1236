using DropMon.Sources.NetDm;

namespace DropMon.KernelTests.Kernel;

/// <summary>
/// Looks at the kernel's drop monitor from outside, and plays another process that uses it. Disposing of it turns the monitor off
/// and gives it the kernel's defaults, whatever the scenario did, and takes away what sessions that it killed have left.
/// </summary>
internal sealed class NetDmProbe : IDisposable
{
    /// <summary>A configuration that nobody has by chance.</summary>
    public static readonly NetDmConfiguration Odd = new(DropAlertMode.Summary, 77, 1234);

    private readonly NetDmClient _client = NetDmClient.TryConnect() ?? throw new InvalidOperationException("There is no drop monitor.");

    public NetDmConfiguration Configuration
    {
        get => _client.GetConfiguration();
        set => _client.Configure(value);
    }

    /// <summary>Whether the monitor is on. Asking changes nothing, whoever configures it meanwhile.</summary>
    public bool IsOn => _client.IsOn();

    /// <summary>Turns the monitor on as another process would.</summary>
    public void TurnOn() => Assert.True(_client.TryStart(NetDmParts.Software), "Another process has the drop monitor on already.");

    public void TurnOff() => _client.Stop(NetDmParts.Software);

    public void Dispose()
    {
        TurnOff();
        _client.Configure(NetDmConfiguration.KernelDefault);
        _client.Dispose();
        if (Directory.Exists(NetDmOwnership.DefaultDirectory))
        {
            Directory.Delete(NetDmOwnership.DefaultDirectory, recursive: true);
        }
    }
}
