using System.Diagnostics;
using System.Globalization;
using DropMon.Packets;

namespace DropMon.Tests.Packets;

/// <summary>What tshark reads from the samples: asked once for all of them, since it takes half a second to start.</summary>
public sealed class TsharkWitness
{
    private const uint Ethernet = 1; // LINKTYPE_ETHERNET
    private const ushort ServiceTag = 0x88a8; // 802.1ad
    private const uint RawIp = 101; // LINKTYPE_RAW

    private readonly Lazy<Dictionary<string, string[]>> _values = new(ReadAll);

    /// <summary>The fields that are compared, and which header of ours gives each.</summary>
    public static IReadOnlyList<(string Field, Func<PacketLayer, string?> Ours)> Fields { get; } =
    [
        ("eth.src", layer => (layer as EthernetHeader)?.SourceMac),
        ("eth.dst", layer => (layer as EthernetHeader)?.DestinationMac),
        ("vlan.id", layer => layer is VlanTag { TagProtocol: not ServiceTag } tag ? Number(tag.Id) : null),
        ("vlan.priority", layer => layer is VlanTag { TagProtocol: not ServiceTag } tag ? Number(tag.Priority) : null),
        ("ieee8021ad.id", layer => layer is VlanTag { TagProtocol: ServiceTag } tag ? Number(tag.Id) : null),
        ("ieee8021ad.priority", layer => layer is VlanTag { TagProtocol: ServiceTag } tag ? Number(tag.Priority) : null),
        ("mpls.label", layer => Number((layer as MplsLabel)?.Label)),
        ("arp.opcode", layer => Number((layer as ArpMessage)?.Operation)),
        ("arp.src.proto_ipv4", layer => (layer as ArpMessage)?.SenderAddress?.ToString()),
        ("arp.dst.proto_ipv4", layer => (layer as ArpMessage)?.TargetAddress?.ToString()),
        ("ip.src", layer => (layer as Ipv4Header)?.SourceAddress.ToString()),
        ("ip.dst", layer => (layer as Ipv4Header)?.DestinationAddress.ToString()),
        ("ip.ttl", layer => Number((layer as Ipv4Header)?.TimeToLive)),
        ("ip.len", layer => Number((layer as Ipv4Header)?.TotalLength)),
        ("ip.proto", layer => Number((layer as Ipv4Header)?.Protocol)),
        ("ipv6.src", layer => (layer as Ipv6Header)?.SourceAddress.ToString()),
        ("ipv6.dst", layer => (layer as Ipv6Header)?.DestinationAddress.ToString()),
        ("ipv6.hlim", layer => Number((layer as Ipv6Header)?.HopLimit)),
        ("ipv6.plen", layer => Number((layer as Ipv6Header)?.PayloadLength)),
        ("udp.srcport", layer => Number((layer as UdpHeader)?.SourcePort)),
        ("udp.dstport", layer => Number((layer as UdpHeader)?.DestinationPort)),
        ("udp.length", layer => Number((layer as UdpHeader)?.Length)),
        ("tcp.srcport", layer => Number((layer as TcpHeader)?.SourcePort)),
        ("tcp.dstport", layer => Number((layer as TcpHeader)?.DestinationPort)),
        // Of a header that is cut off tshark reads no more than the ports.
        ("tcp.seq_raw", layer => layer is TcpHeader { IsTruncated: false } tcp ? Number(tcp.SequenceNumber) : null),
        ("tcp.ack_raw", layer => Number((layer as TcpHeader)?.AcknowledgmentNumber)),
        ("tcp.flags", layer => (layer as TcpHeader)?.Flags is { } flags ? $"0x{(int)flags:x4}" : null),
        ("tcp.window_size_value", layer => Number((layer as TcpHeader)?.Window)),
        ("icmp.type", layer => Number((layer as IcmpMessage)?.Type)),
        ("icmp.code", layer => Number((layer as IcmpMessage)?.Code)),
        ("icmpv6.type", layer => Number((layer as Icmpv6Message)?.Type)),
        ("icmpv6.code", layer => Number((layer as Icmpv6Message)?.Code)),
        ("vxlan.vni", layer => Number((layer as VxlanHeader)?.Vni)),
        ("gre.key", layer => (layer as GreHeader)?.Key is { } key ? $"0x{key:x8}" : null),
        ("sctp.srcport", layer => Number((layer as SctpHeader)?.SourcePort)),
        ("sctp.dstport", layer => Number((layer as SctpHeader)?.DestinationPort)),
    ];

    public static bool IsThere =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "tshark")));

    /// <summary>The values of a sample in the order of <see cref="Fields"/>, those of several headers with commas between.</summary>
    public string[] ValuesOf(PacketSample sample) => _values.Value[sample.Name];

    private static Dictionary<string, string[]> ReadAll() =>
        Read([.. PacketSamples.All.Where(sample => sample.IsEthernet)], Ethernet)
            .Concat(Read([.. PacketSamples.All.Where(sample => !sample.IsEthernet)], RawIp))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

    private static Dictionary<string, string[]> Read(PacketSample[] samples, uint link)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Capture(samples, link));
            string[] lines = Run(path);
            Assert.Equal(samples.Length, lines.Length);
            return samples.Zip(lines).ToDictionary(pair => pair.First.Name, pair => pair.Second.Split('|'));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // pcap, which needs none of the writers that are under test elsewhere.
    private static byte[] Capture(PacketSample[] samples, uint link)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        foreach (uint word in (uint[])[0xa1b2c3d4, 0x0004_0002, 0, 0, 65535, link])
        {
            writer.Write(word);
        }

        foreach (PacketSample sample in samples)
        {
            foreach (int word in (int[])[0, 0, sample.Bytes.Length, sample.Bytes.Length])
            {
                writer.Write(word);
            }

            writer.Write(sample.Bytes);
        }

        return file.ToArray();
    }

    // Without names, reassembly and guesses at the payload: what is in this one packet.
    private static string[] Run(string path)
    {
        var start = new ProcessStartInfo(
            "tshark",
            [
                "-n", "-r", path, "-T", "fields", "-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=,",
                "-d", "udp.port==8472,vxlan", "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE",
                .. Fields.SelectMany(field => new[] { "-e", field.Field }),
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return output.Split('\n')[..^1];
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
