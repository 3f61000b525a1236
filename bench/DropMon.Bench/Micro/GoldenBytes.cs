using DropMon.Kernel.Tracing;
using DropMon.Netlink;
using DropMon.Sources.Tracepoint;

namespace DropMon.Bench.Micro;

/// <summary>What kernel 6.12 said, as the decoders' tests keep it.</summary>
internal static class GoldenBytes
{
    public const string Packet = "packet-ipv4.bin";
    private const string Folder = "tests/DropMon.Core.Tests/Golden/6.12";

    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public static KfreeSkbLayout Layout() => new(TracepointFormat.Parse(File.ReadAllText(PathOf("kfree_skb.format"))));

    /// <summary>The drop monitor's family id in a datagram.</summary>
    public static ushort FamilyOf(ReadOnlySpan<byte> datagram)
    {
        var reader = new NetlinkMessageReader(datagram);
        return reader.MoveNext() ? reader.Header.Type : throw new InvalidDataException("The datagram holds no message.");
    }

    // bench/run starts from the top of the tree.
    private static string PathOf(string name) => Path.Combine(Folder, name);
}
