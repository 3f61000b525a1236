using DropMon.Netfilter;
using DropMon.Netlink;

namespace DropMon.Tests.Netfilter;

/// <summary>A kernel whose rules a test writes, or that were recorded from a real one.</summary>
internal sealed class ScriptedNetfilter : INetfilterKernel
{
    private readonly Dictionary<string, List<byte[]>> _replies = [];
    private readonly Dictionary<string, XtTableBytes> _tables = [];

    public Exception? Error { get; init; }

    /// <summary>The answers of a kernel 6.18 with rules of every kind; see the file for which request each line answers.</summary>
    public static ScriptedNetfilter Recorded()
    {
        var kernel = new ScriptedNetfilter();
        foreach (string line in File.ReadLines(GoldenFiles.PathOf("Netfilter", "rules-6.18.txt")))
        {
            string[] words = line.Split(' ');
            if (words.Length == 4)
            {
                kernel._tables.Add(
                    $"{words[0]} {words[1]}", new XtTableBytes(Convert.FromHexString(words[2]), Convert.FromHexString(words[3])));
            }
            else
            {
                kernel.Add($"{words[0]} {words[1]}", Convert.FromHexString(words[2]));
            }
        }

        return kernel;
    }

    /// <summary>The same rules, before any packet met them.</summary>
    public static ScriptedNetfilter RecordedUnmet()
    {
        ScriptedNetfilter kernel = Recorded();
        foreach (byte[] payload in kernel._replies.Values.SelectMany(payloads => payloads))
        {
            ZeroCounters(payload);
        }

        foreach ((string name, XtTableBytes table) in kernel._tables)
        {
            XtFamily family = XtFamily.All.First(family => name.StartsWith(family.Name + " ", StringComparison.Ordinal));
            for (
                int entry = 0; entry < table.Entries.Length; entry += BitConverter.ToUInt16(table.Entries, entry + family.TargetOffset + 2))
            {
                table.Entries.AsSpan(entry + family.Counters, 16).Clear();
            }
        }

        return kernel;
    }

    // NFTA_COUNTER_BYTES and NFTA_COUNTER_PACKETS, each of eight bytes behind its header of four.
    private static void ZeroCounters(Span<byte> payload)
    {
        ReadOnlySpan<byte> bytes = [12, 0, 1, 0];
        ReadOnlySpan<byte> packets = [12, 0, 2, 0];
        for (int at = 0; at + 24 <= payload.Length; at += 4)
        {
            if (payload.Slice(at, 4).SequenceEqual(bytes) && payload.Slice(at + 12, 4).SequenceEqual(packets))
            {
                payload.Slice(at + 4, 8).Clear();
                payload.Slice(at + 16, 8).Clear();
            }
        }
    }

    /// <summary>Adds a message to what the kernel answers to a request without attributes.</summary>
    public ScriptedNetfilter Reply(int type, byte[] payload) => Add($"{type} -", payload);

    public void Execute(NetlinkRequest request, NetlinkReplyHandler onReply)
    {
        if (Error is not null)
        {
            throw Error;
        }

        byte[] bytes = request.ToArray(0, 0)[NetlinkHeader.Size..];
        var names = new List<string>();
        var reader = new AttributeReader(bytes.AsSpan(NetfilterHeader.Size));
        while (reader.MoveNext())
        {
            names.Add(reader.ReadText());
        }

        string key = names.Count == 0 ? $"{request.Type} -" : $"{request.Type} {bytes[0]}/{string.Join('/', names)}";
        foreach (byte[] payload in _replies.GetValueOrDefault(key, []))
        {
            onReply(request.Type, payload);
        }
    }

    public XtTableBytes? ReadTable(XtFamily family, string table) =>
        Error is not null ? throw Error : _tables.GetValueOrDefault($"{family.Name} {table}");

    public void Dispose()
    {
    }

    private ScriptedNetfilter Add(string key, byte[] payload)
    {
        if (!_replies.TryGetValue(key, out List<byte[]>? payloads))
        {
            _replies.Add(key, payloads = []);
        }

        payloads.Add(payload);
        return this;
    }
}
