using DropMon.Files;
using DropMon.Files.Json;
using DropMon.Files.Pcapng;
using DropMon.Tests.Files;

namespace DropMon.Fuzz.Targets;

/// <summary>Files of alerts: whoever sends one may have written it by hand.</summary>
internal sealed class CaptureTarget : FuzzTarget
{
    private readonly Func<IEnumerable<byte[]>> _seeds;

    private CaptureTarget(string name, int share, Func<IEnumerable<byte[]>> seeds)
    {
        Name = name;
        Share = share;
        _seeds = seeds;
    }

    public override string Name { get; }

    public override int Share { get; }

    public override int MaximumLength => 8192;

    public override IEnumerable<byte[]> Seeds => _seeds();

    public static CaptureTarget Json() => new("json-lines", 1, () => Files(output => new JsonLinesWriter(output, Header)));

    public static CaptureTarget Pcapng() => new("pcapng", 1, () => Files(output => new PcapngWriter(output, Header)));

    public static CaptureTarget Netlink() => new("netlink-capture", 2, () =>
    [
        new NetlinkCaptureBuilder()
            .Add(1, 2, 16, NetlinkCaptureBuilder.Family())
            .Add(2, 3, 16, NetlinkCaptureBuilder.PacketAlert(5, payload: AlertSamples.UdpFrame), NetlinkCaptureBuilder.Other())
            .Add(3, 4, 16, NetlinkCaptureBuilder.SummaryAlert((1, 2)))
            .ToArray(),
        new NetlinkCaptureBuilder(magic: 0xa1b23c4d).Add(2, 3, 16, NetlinkCaptureBuilder.PacketAlert(5)).ToArray(),
    ]);

    // The reader's block is 256 KiB.
    public override long MostAllocation(int inputLength) => 4 * 1024 * 1024 + (inputLength * 2048L);

    public override void Run(ReadOnlySpan<byte> input)
    {
        AlertReader reader;
        try
        {
            reader = AlertFile.OpenRead(new CaptureInput(new MemoryStream(input.ToArray()), "input"));
        }
        catch (CaptureException)
        {
            return;
        }

        using (reader)
        {
            // Each record takes bytes: more steps than that is no progress.
            for (int steps = 0; Step(reader); steps++)
            {
                Invariant.That(steps <= input.Length + 16, "The reader does not come to an end.");
            }

            Invariant.That(reader.Position <= input.Length, "The reader has consumed more than there was.");
        }
    }

    private static AlertFileHeader Header => AlertFileHeader.ForThisMachine() with { ComputerName = "seed" };

    private static bool Step(AlertReader reader)
    {
        try
        {
            if (!reader.TryRead(out DropAlert? alert))
            {
                return false;
            }

            Invariant.IsReadable(alert);
        }
        catch (CaptureException error)
        {
            Invariant.That(error.Message.Length > 0, "An error without words.");
        }

        return true;
    }

    private static IEnumerable<byte[]> Files(Func<RecordOutput, AlertWriter> open)
    {
        foreach (DropAlert[] alerts in
            (DropAlert[][])[[AlertSamples.Full()], [AlertSamples.Bare()], [AlertSamples.Udp(), AlertSamples.Udp(1)]])
        {
            using var stream = new MemoryStream();
            using (AlertWriter writer = open(new RecordOutput(stream, "seed")))
            {
                Array.ForEach(alerts, writer.Write);
                writer.WriteLedger(new DropLedger { Received = 9, BufferLost = 2, Gaps = ["a gap"] });
            }

            yield return stream.ToArray();
        }
    }
}
