using System.Diagnostics;
using System.Globalization;
using DropMon.KernelTests.Causes;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.Sessions;

namespace DropMon.KernelTests.Conditions;

/// <summary>Interfaces come and go while drops are watched: each alert names the one its packet came in by.</summary>
public sealed class InterfaceScenarios(KernelUnderTest kernel)
{
    private const ushort Experimental = 0x88b5; // IEEE 802 local experimental: nobody takes such frames
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void An_interface_that_vanishes_and_comes_back_keeps_its_name()
    {
        kernel.Require(KernelFeature.NetDm);
        using DropMonitor monitor = DropMonitor.Start(SourceUnderTest.NetDmPacket.Options());

        string?[] names = [.. new[] { "dmweather0", "dmweather1", "dmweather0" }.Select(
            name => WithCable(name, null, sender => NextName(monitor, sender)))];

        Assert.Equal(["dmweather0", "dmweather1", "dmweather0"], names);
    }

    [Fact]
    public void An_index_that_changes_hands_soon_has_the_name_of_its_new_owner()
    {
        kernel.Require(KernelFeature.NetDm);
        const int Index = 7070;
        using DropMonitor monitor = DropMonitor.Start(SourceUnderTest.NetDmPacket.Options());
        Assert.Equal("dmweather0", WithCable("dmweather0", Index, sender => NextName(monitor, sender)));

        string? name = WithCable("dmweather1", Index, sender =>
        {
            var clock = Stopwatch.StartNew();
            string? seen = NextName(monitor, sender);
            while (seen != "dmweather1" && clock.Elapsed < Patience)
            {
                seen = NextName(monitor, sender);
            }

            return seen;
        });

        Assert.Equal("dmweather1", name);
    }

    private static string? NextName(DropMonitor monitor, FrameSocket sender)
    {
        var batch = new DropAlert[256];
        var clock = Stopwatch.StartNew();
        sender.Send(Frames.Ethernet(Experimental, new byte[46]));
        while (clock.Elapsed < Patience)
        {
            int taken = monitor.Take(batch, TimeSpan.FromMilliseconds(100));
            if (Array.Find(batch[..taken], alert => alert.EtherType == Experimental) is { } mine)
            {
                return mine.InterfaceName;
            }
        }

        throw new TimeoutException("The frame's drop was not reported.");
    }

    private static string? WithCable(string name, int? index, Func<FrameSocket, string?> use)
    {
        Ip(["link", "add", "name", name, .. index is { } i
            ? ["index", i.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(), "type", "veth", "peer", "name",
                "dmweather-far"]);
        try
        {
            Ip(["link", "set", name, "up"]);
            Ip(["link", "set", "dmweather-far", "up"]);
            using var sender = new FrameSocket("dmweather-far");
            return use(sender);
        }
        finally
        {
            Ip(["link", "delete", name]);
        }
    }

    private static void Ip(IEnumerable<string> arguments)
    {
        using var ip = new ChildProcess("ip", arguments);
        Assert.True(ip.WaitForExit() == 0, ip.Errors);
    }
}
