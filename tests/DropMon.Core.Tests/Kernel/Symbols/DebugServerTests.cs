using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.Tests.Kernel.Symbols;

/// <summary>No server learns which kernel runs here.</summary>
public partial class DebugServerTests
{
    [Fact]
    public void A_server_of_debug_information_is_not_asked_whatever_the_environment_says()
    {
        Assert.SkipUnless(NativeLibrary.TryLoad("libdw.so.1", out _), "libdw is not installed");
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        Assert.Equal(0, Set("DEBUGINFOD_URLS", $"http://127.0.0.1:{((IPEndPoint)server.LocalEndPoint!).Port}/", 1));

        Assert.True(LibDw.TryLoad(out LibDw? library, out _));
        using (KernelDebugInfo? info = KernelDebugInfo.Open(library))
        {
            info?.FindFile(0xffffffff81000000);
            info?.Find(0xffffffff81000000);
        }

        Assert.False(server.Poll(TimeSpan.Zero, SelectMode.SelectRead));
        Assert.Equal(0, Get("DEBUGINFOD_URLS"));
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Get(string name);
}
