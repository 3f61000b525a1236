using DropMon.KernelTests.Processes;
using DropMon.Sources.NetDm;

namespace DropMon.KernelTests.Kernel;

/// <summary>The module drop_monitor, which the kernel loads again when a process asks for its family.</summary>
internal static class DropMonitorModule
{
    /// <summary>Turns the monitor off, which keeps its module in use while it is on, and unloads it.</summary>
    public static void Unload()
    {
        using (NetDmClient? client = NetDmClient.TryConnect())
        {
            client?.Stop(NetDmParts.Software);
        }

        using var unload = new ChildProcess("rmmod", ["drop_monitor"]);
        Assert.True(unload.WaitForExit() == 0, unload.Errors);
    }
}
