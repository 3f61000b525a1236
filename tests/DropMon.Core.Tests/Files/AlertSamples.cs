namespace DropMon.Tests.Files;

/// <summary>Alerts of every shape that a source or a hostile file can give.</summary>
internal static class AlertSamples
{
    // 2025-11-24 03:46:50.1234567 UTC: every digit of the 100 ns counts.
    public static readonly DateTimeOffset Time = new DateTimeOffset(2025, 11, 24, 3, 46, 50, TimeSpan.Zero).AddTicks(1234567);

    /// <summary>An Ethernet frame with an empty UDP datagram from 127.0.0.1:4660 to port 9.</summary>
    public static readonly byte[] UdpFrame =
        Convert.FromHexString("000000000000000000000000" + "0800" + "4500001c00010000" + "40117cce7f0000017f000001" + "1234000900080000");

    public static DropSite UdpSite { get; } = new(() => new SourceLocation("net/ipv4/udp.c", 2552, []))
    {
        Class = DropClass.Udp,
        Type = "NoPorts",
        Significance = DropSignificance.Expected,
        Reason = "NO_SOCKET",
        ReasonSubsystem = "core",
        Explanation = "No socket was bound to the packet's destination port.",
        Function = "__udp4_lib_rcv",
        Offset = 0x9a2,
        Address = 0xffffffff81c0d9a2,
    };

    /// <summary>An alert with a value in every property.</summary>
    public static DropAlert Full() => new(FullSite(), Time)
    {
        Count = 3,
        StackTrace =
        [
            new StackFrame(0xffffffff81000010, "udp_queue_rcv_one_skb", 0x1f, null, "net/ipv4/udp.c", 2101),
            new StackFrame(0xffffffffc0000010, "br_handle_frame", 7, "bridge"),
            new StackFrame(ulong.MaxValue, null, 0, null),
        ],
        InterfaceIndex = 7,
        InterfaceName = "eth0",
        EtherType = 0x0800,
        Payload = UdpFrame,
        OriginalLength = 1500,
        Mark = uint.MaxValue,
        Priority = 65543,
        Hash = 3735928559,
        QueueMapping = 2,
        VlanId = 100,
        GsoSize = 1448,
        GsoSegments = 17,
        Cpu = 3,
        ProcessId = 4242,
        ProcessName = "ksoftirqd/3",
        NetworkNamespace = 4026531840,
        NetworkNamespaceName = "blue",
        ControlGroup = "/system.slice/nginx.service",
        Unit = "nginx.service",
        Container = "shop/web-0/nginx",
        Origin = DropOrigin.Hardware,
        FlowActionCookie = [1, 2, 254, 255],
        Source = "NetDm",
        ComputerName = "web-01",
    };

    /// <summary>An alert with nothing but a time and an empty site.</summary>
    public static DropAlert Bare() => new(new DropSite(), Time) { Source = "Tracepoint" };

    /// <summary>An ordinary packet alert.</summary>
    public static DropAlert Udp(int number = 0, byte[]? payload = null) => new(UdpSite, Time.AddTicks(number))
    {
        InterfaceIndex = 1,
        InterfaceName = "lo",
        EtherType = 0x0800,
        Payload = payload ?? UdpFrame,
        OriginalLength = (payload ?? UdpFrame).Length,
        Cpu = number % 4,
        ProcessId = 1000 + (number % 10),
        ProcessName = "sender",
        Source = "NetDm",
    };

    /// <summary>All of the above and the odd ones.</summary>
    public static IEnumerable<DropAlert> Varied()
    {
        yield return Full();
        yield return Bare();
        yield return Udp();
        foreach (string text in HostileTexts())
        {
            yield return WithText(text);
        }

        foreach (int size in new[] { 0, 1, 2, 3, 4, 13, 14, 15, 1500, 4096, 32768, 65531, 65536 })
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);
            yield return new DropAlert(UdpSite, Time) { Payload = bytes, OriginalLength = size, EtherType = 0x86dd };
        }

        yield return new DropAlert(UdpSite, Time) { Payload = UdpFrame, OriginalLength = 9000, EtherType = 0x0800 };
        yield return new DropAlert(UdpSite, Time)
        {
            Payload = UdpFrame[14..],
            OriginalLength = 28,
            EtherType = 0x0800,
            InterfaceName = "tun0"
        };
        yield return new DropAlert(UdpSite, Time) { OriginalLength = 60, InterfaceIndex = 12 };
        yield return new DropAlert(UdpSite, Time)
        {
            Count = long.MaxValue,
            Cpu = 0,
            ProcessId = 0,
            InterfaceIndex = 0,
            EtherType = 0,
            NetworkNamespace = ulong.MaxValue
        };
        yield return new DropAlert(UdpSite, DateTimeOffset.UnixEpoch) { StackTrace = [], FlowActionCookie = [] };
        yield return new DropAlert(UdpSite, new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero));
        yield return new DropAlert(UdpSite, new DateTimeOffset(2600, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(9999999));
        yield return new DropAlert(UdpSite, Time)
        {
            StackTrace = Enumerable.Range(0, 127).Select(
                i => new StackFrame(0xffffffff81000000 + (ulong)i, $"function_{i}", (ulong)i, null)).ToArray(),
        };
    }

    public static IEnumerable<string> HostileTexts() =>
    [
        "",
        "été-網路-🦀",
        "\u001b[31mred\u001b[0m\a\b\t\r\n\u007f\u0085",
        "\0nul",
        "\"quotes\" and \\ and </script>&+'`",
        "\u202egnp.exe\u2028\u2029",
        "{\"Record\":\"Header\"}\n{\"Timestamp\":1}",
        new string('x', 4000),
    ];

    private static DropSite FullSite() => new(
        () => new SourceLocation("net/bridge/br_input.c", 412, [new StackFrame(0, "br_inlined", 0, null, "net/bridge/br_private.h", 99)]))
    {
        Class = DropClass.Bridge,
        Type = "InDiscards",
        Significance = DropSignificance.Loss,
        Reason = "BRIDGE_INGRESS_STP_STATE",
        ReasonSubsystem = "core",
        Explanation = "The bridge port does not forward.",
        Function = "br_handle_frame",
        Offset = 0x1f,
        Module = "bridge",
        Address = 0xffffffffc012341f,
        TrapName = "ingress_vlan_filter",
        TrapGroup = "l2_drops",
    };

    private static DropAlert WithText(string text) => new(
        new DropSite(() => new SourceLocation(text, 1, []))
        {
            Type = text,
            Reason = text,
            ReasonSubsystem = text,
            Explanation = text,
            Function = text,
            Module = text,
            TrapName = text,
            TrapGroup = text,
        },
        Time)
    {
        InterfaceName = text,
        ProcessName = text,
        NetworkNamespaceName = text,
        ControlGroup = text,
        Unit = text,
        Container = text,
        ComputerName = text,
        Payload = UdpFrame,
        StackTrace = [new StackFrame(1, text, 0, text, text, 1)],
    };
}
