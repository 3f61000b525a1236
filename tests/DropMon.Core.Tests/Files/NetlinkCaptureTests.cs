using DropMon.Files;
using DropMon.Files.Pcapng;

namespace DropMon.Tests.Files;

public sealed class NetlinkCaptureTests
{
    private const uint Seconds = 1_764_000_000;
    private const ulong Nanoseconds = (Seconds * 1_000_000_000UL) + 123_456_789;

    [Fact]
    public void A_packet_alert_replays_with_its_own_time_and_the_kernels_own_symbol()
    {
        byte[] file = new NetlinkCaptureBuilder()
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Family())
            .Add(Seconds + 9, 0, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds, payload: AlertSamples.UdpFrame))
            .ToArray();

        DropAlert alert = Assert.Single(Read(file));

        Assert.Equal(DropSourceName.Replay, alert.Source);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(Seconds).AddTicks(1_234_567), alert.Timestamp);
        Assert.Equal(("__udp4_lib_rcv", (ulong?)0x9a2, (ulong?)0xffffffff81c0d9a2), (alert.Function, alert.Offset, alert.Address));
        Assert.Equal(("NO_SOCKET", DropClass.Udp), (alert.Reason, alert.Class));
        Assert.Equal((2, 1500), (alert.InterfaceIndex, alert.OriginalLength));
        Assert.Equal(AlertSamples.UdpFrame, alert.Payload);
    }

    [Fact]
    public void An_interface_index_of_another_machine_is_not_named_by_this_one()
    {
        byte[] file = new NetlinkCaptureBuilder()
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Family(), NetlinkCaptureBuilder.PacketAlert(Nanoseconds)).ToArray();

        Assert.Null(Assert.Single(Read(file)).InterfaceName);
    }

    [Theory]
    [InlineData(0xa1b2c3d4, 123_456u, 1_234_560)]
    [InlineData(0xa1b23c4d, 123_456_789u, 1_234_567)]
    public void Summaries_get_the_time_of_their_capture(uint magic, uint fraction, long ticks)
    {
        byte[] file = new NetlinkCaptureBuilder(magic)
            .Add(Seconds, fraction, 16, NetlinkCaptureBuilder.SummaryAlert((0xffffffff81000001, 3), (0xffffffff81000002, 4_000_000_000)))
            .ToArray();

        List<DropAlert> alerts = Read(file);

        Assert.Equal([3L, 4_000_000_000L], alerts.Select(alert => alert.Count));
        Assert.Equal([0xffffffff81000001UL, 0xffffffff81000002UL], alerts.Select(alert => alert.Address));
        Assert.All(alerts, alert => Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(Seconds).AddTicks(ticks), alert.Timestamp));
    }

    [Fact]
    public void An_address_of_another_kernel_is_not_looked_up_in_this_one()
    {
        string symbol = File.ReadLines("/proc/kallsyms").First(line => line.Contains(" T ", StringComparison.Ordinal));
        ulong address = Convert.ToUInt64(symbol[..16], 16);
        byte[] file = new NetlinkCaptureBuilder().Add(Seconds, 0, 16, NetlinkCaptureBuilder.SummaryAlert((address + 1, 1))).ToArray();

        Assert.Null(Assert.Single(Read(file)).Function);
    }

    [Fact]
    public void Without_the_controllers_answer_the_family_is_known_by_the_shape_of_its_alerts()
    {
        byte[] file = new NetlinkCaptureBuilder()
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Other(), NetlinkCaptureBuilder.PacketAlert(Nanoseconds, family: 0x33))
            .ToArray();

        Assert.Single(Read(file));
    }

    [Fact]
    public void The_controllers_answer_tells_the_family_also_after_the_module_was_reloaded()
    {
        byte[] file = new NetlinkCaptureBuilder()
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Family("nlctrl", 0x10), NetlinkCaptureBuilder.Family("NET_DM", 0x21))
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds, family: 0x21))
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Family("NET_DM", 0x22))
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds, family: 0x22),
                NetlinkCaptureBuilder.PacketAlert(Nanoseconds, family: 0x21))
            .ToArray();

        Assert.Equal(2, Read(file).Count);
    }

    [Fact]
    public void Messages_of_other_protocols_and_families_are_passed_over()
    {
        byte[] file = new NetlinkCaptureBuilder()
            .Add(Seconds, 0, 0, NetlinkCaptureBuilder.PacketAlert(Nanoseconds))
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Family(), NetlinkCaptureBuilder.Other())
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Other()[..^2])
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds))
            .ToArray();

        Assert.Single(Read(file));
    }

    [Fact]
    public void An_alert_that_was_cut_off_in_capture_is_one_error_and_the_next_is_read()
    {
        byte[] file = new NetlinkCaptureBuilder()
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.Family())
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds, payload: AlertSamples.UdpFrame)[..^10])
            .Add(Seconds, 0, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds))
            .ToArray();

        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(file);

        Assert.Single(alerts);
        Assert.Equal(("CaptureInvalid", true), (Assert.Single(errors).ErrorId, errors[0].CanContinue));
    }

    [Fact]
    public void A_capture_of_another_link_type_is_an_error()
    {
        byte[] file = new NetlinkCaptureBuilder(linkType: 1).Add(Seconds, 0, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds)).ToArray();

        Assert.Equal("CaptureInvalid", Assert.Single(AlertFiles.ReadAllowingErrors(file).Errors).ErrorId);
    }

    [Fact]
    public void A_capture_without_any_alert_is_an_error()
    {
        byte[] file = new NetlinkCaptureBuilder().Add(Seconds, 0, 16, NetlinkCaptureBuilder.Other()).ToArray();

        Assert.Equal("CaptureWithoutAlerts", Assert.Single(AlertFiles.ReadAllowingErrors(file).Errors).ErrorId);
    }

    [Fact]
    public void An_empty_capture_is_no_error()
    {
        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(new NetlinkCaptureBuilder().ToArray());

        Assert.Empty(alerts);
        Assert.Empty(errors);
    }

    [Fact]
    public void A_file_cut_anywhere_gives_the_whole_alerts_then_one_error()
    {
        byte[] whole = Golden();
        for (int length = 4; length < whole.Length; length++)
        {
            (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(whole[..length]);

            Assert.InRange(alerts.Count, 0, 3);
            Assert.InRange(errors.Count, 0, 2);
            Assert.True(alerts.Count == 0 || errors.All(e => e.ErrorId == "CaptureTruncated"), $"cut to {length}");
        }
    }

    [Fact]
    public void Any_flipped_byte_gives_alerts_or_typed_errors_and_nothing_else()
    {
        byte[] whole = Golden();
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte flip in new byte[] { 0x01, 0x80, 0xff })
            {
                whole[at] ^= flip;
                (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(whole);
                whole[at] ^= flip;

                Assert.InRange(alerts.Count, 0, 66);
                Assert.InRange(errors.Count, 0, 8);
                Assert.All(alerts, alert => Assert.NotNull(alert.Timestamp.ToString() + alert));
            }
        }
    }

    [Fact]
    public void A_pcapng_capture_of_netlink_messages_replays_as_well()
    {
        var output = new MemoryStream();
        var records = new RecordOutput(output, "memory");
        var blocks = new PcapngBlockWriter(records);
        blocks.Begin(PcapngFormat.SectionHeader);
        blocks.WriteUInt32(PcapngFormat.ByteOrderMagic);
        blocks.WriteUInt32(1);
        blocks.WriteUInt64(ulong.MaxValue);
        blocks.End();
        blocks.Begin(PcapngFormat.InterfaceDescription);
        blocks.WriteUInt32(PcapngFormat.LinkNetlink);
        blocks.WriteUInt32(0);
        blocks.End();
        byte[] pcap = new NetlinkCaptureBuilder()
            .Add(0, 0, 16, NetlinkCaptureBuilder.SummaryAlert((1, 3), (2, 4))).ToArray();
        byte[] packet = pcap[40..];
        blocks.Begin(PcapngFormat.EnhancedPacket);
        ulong microseconds = Seconds * 1_000_000UL;
        foreach (uint word in new[] { 0u, (uint)(microseconds >> 32), (uint)microseconds, (uint)packet.Length, (uint)packet.Length })
        {
            blocks.WriteUInt32(word);
        }

        blocks.WritePadded(packet);
        blocks.End();
        records.Dispose();

        List<DropAlert> alerts = Read(output.ToArray());

        Assert.Equal([3L, 4L], alerts.Select(alert => alert.Count));
        Assert.All(alerts, alert => Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(Seconds), alert.Timestamp));
    }

    private static byte[] Golden() => new NetlinkCaptureBuilder()
        .Add(Seconds, 1, 16, NetlinkCaptureBuilder.Family())
        .Add(Seconds, 2, 16, NetlinkCaptureBuilder.PacketAlert(Nanoseconds, payload: AlertSamples.UdpFrame))
        .Add(Seconds, 3, 16, NetlinkCaptureBuilder.SummaryAlert((1, 3), (2, 4)))
        .ToArray();

    private static List<DropAlert> Read(byte[] file)
    {
        (List<DropAlert> alerts, List<CaptureException> errors) = AlertFiles.ReadAllowingErrors(file);
        Assert.Empty(errors);
        return alerts;
    }
}
