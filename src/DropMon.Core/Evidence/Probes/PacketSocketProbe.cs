using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Packet sockets that may have found no room for their copy: whose, with or without a ring, how full.</summary>
internal sealed class PacketSocketProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("PACKET_SOCK_ERROR")
    {
        Functions = ["packet_rcv*", "tpacket_rcv"],
    };

    public override IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) =>
        tables.PacketSockets().Rows.Where(socket => !socket.HasRing && socket.Memory is not null)
            .Select(socket => KeyValuePair.Create(CounterOf(socket), (long)socket.Memory!.Value.Drops));

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        TableReading<PacketSocket> reading = tables.PacketSockets();
        if (Unread(query, "packet sockets", reading) is { } unread)
        {
            yield return unread;
            yield break;
        }

        TableReading<KernelLink> links = tables.Links();
        int? device = links.Rows.FirstOrDefault(link => link.Name == query.InterfaceName)?.Index;
        PacketSocket[] sockets = [.. reading.Rows.Where(socket => device is null || socket.Device is null or 0 || socket.Device == device)];
        Dictionary<ulong, string> owners = SocketOwners.Find(
            Machine, sockets.Select(socket => socket.Inode).ToHashSet(), cancellationToken);
        foreach (PacketSocket socket in sockets)
        {
            string place = socket.Device is { } index and not 0
                ? $"{socket} on {links.Rows.FirstOrDefault(link => link.Index == index)?.SafeName ?? $"if{index}"}" : socket.ToString();
            yield return Describe(query, owners.TryGetValue(socket.Inode, out string? owner) ? $"{place} of {owner}" : place, socket);
        }

        if (sockets.Length == 0)
        {
            yield return Found(
                query,
                "packet sockets",
                "None that may take packets of that device is open now in this network namespace. Others were not looked at.",
                null,
                EvidenceVerdict.Neutral,
                reading.Source);
        }
    }

    private static string CounterOf(PacketSocket socket) => $"{socket} {socket.Inode}";

    private static DropEvidence Describe(EvidenceQuery query, string subject, PacketSocket socket)
    {
        if (socket.HasRing)
        {
            return Found(
                query,
                subject,
                $"It receives into a ring of {socket.RingBytes} bytes. The kernel gives a ring's drops to its owner only "
                    + "(PACKET_STATISTICS): ask the program.",
                string.Create(CultureInfo.InvariantCulture, $"ring={socket.RingBytes}"),
                EvidenceVerdict.Neutral,
                PacketSocketTable.Source);
        }

        if (socket.Memory is not { } memory)
        {
            return Found(query, subject, "It has no ring; the kernel shows neither its buffer nor its drops.", null,
                EvidenceVerdict.Neutral, PacketSocketTable.Source);
        }

        long rise = query.Before.Rise(CounterOf(socket), memory.Drops);
        string times = rise > 0 ? $", {rise} of them {query.Before.Span}" : "";
        return Found(
            query,
            subject,
            $"It has no ring; {memory.Allocated} of {memory.ReceiveBuffer} bytes of its receive buffer are in use now, and it has dropped "
                + $"{memory.Drops} packets since it was opened{times}.",
            string.Create(CultureInfo.InvariantCulture, $"rx_queue={memory.Allocated}/{memory.ReceiveBuffer} drops={memory.Drops}"),
            BufferUse.IsFull(memory.Allocated, memory.ReceiveBuffer) || rise > 0 ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            PacketSocketTable.Source);
    }
}
