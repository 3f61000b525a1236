using System.Runtime.InteropServices;
using System.Text;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>
/// Finds what drops in a table of xtables (iptables-legacy and its siblings): rules whose target is DROP, REJECT or NFQUEUE, and policies.
/// </summary>
internal static class XtTableReader
{
    private const int InfoHooks = 32; // struct ipt_getinfo: the name, then valid_hooks
    private const int TargetHeaderSize = 32; // struct xt_entry_target
    private const int TargetNameSize = 29; // XT_EXTENSION_MAXNAMELEN
    private const int DropVerdict = -1; // -NF_DROP - 1
    private const string Error = "ERROR"; // XT_ERROR_TARGET: heads a user's chain, or ends the table

    /// <exception cref="NetlinkFormatException">The table has another form.</exception>
    public static IReadOnlyList<NetfilterDrop> Read(XtFamily family, string table, XtTableBytes bytes)
    {
        var found = new List<NetfilterDrop>();
        (Dictionary<uint, string> starts, HashSet<uint> policies) = Hooks(family, table, bytes);
        string chain = "?";
        ulong number = 0;
        uint offset = 0;
        while (offset < bytes.Entries.Length)
        {
            XtEntry entry = Entry(family, table, bytes.Entries.AsSpan((int)offset));
            if (starts.TryGetValue(offset, out string? begun))
            {
                (chain, number) = (begun, 0);
            }

            if (entry.Target == Error)
            {
                (chain, number) = (TextOf(entry.TargetData), 0);
            }
            else
            {
                number++;
                bool isPolicy = policies.Contains(offset);
                if (KindOf(entry, isPolicy) is { } kind)
                {
                    found.Add(new NetfilterDrop
                    {
                        System = family.Name,
                        Kind = kind,
                        Chain = $"{table} {chain}",
                        Rule = isPolicy ? null : number,
                        Text = isPolicy ? "policy DROP" : XtRuleText.Of(family, entry),
                        Comment = isPolicy ? null : XtRuleText.CommentOf(entry),
                        Packets = entry.Packets,
                        IsAlone = isPolicy && number == 1,
                        Queue = kind == NetfilterDropKind.Queue ? XtRuleText.QueueOf(entry.TargetData, entry.TargetRevision) : null,
                    });
                }
            }

            offset += entry.Size;
        }

        return found;
    }

    private static (Dictionary<uint, string> Starts, HashSet<uint> Policies) Hooks(XtFamily family, string table, XtTableBytes bytes)
    {
        var starts = new Dictionary<uint, string>();
        var policies = new HashSet<uint>();
        if (bytes.Info.Length < family.InfoSize)
        {
            throw Malformed(family, table);
        }

        uint valid = MemoryMarshal.Read<uint>(bytes.Info.AsSpan(InfoHooks));
        ReadOnlySpan<uint> entries = MemoryMarshal.Cast<byte, uint>(bytes.Info.AsSpan(InfoHooks + 4, 4 * family.Hooks.Count));
        ReadOnlySpan<uint> underflows = MemoryMarshal.Cast<byte, uint>(
            bytes.Info.AsSpan(InfoHooks + 4 + (4 * family.Hooks.Count), 4 * family.Hooks.Count));
        for (int hook = 0; hook < family.Hooks.Count; hook++)
        {
            if ((valid & (1u << hook)) != 0)
            {
                starts.TryAdd(entries[hook], family.Hooks[hook]);
                policies.Add(underflows[hook]);
            }
        }

        return (starts, policies);
    }

    private static XtEntry Entry(XtFamily family, string table, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < family.EntrySize)
        {
            throw Malformed(family, table);
        }

        int target = MemoryMarshal.Read<ushort>(bytes[family.TargetOffset..]);
        int size = MemoryMarshal.Read<ushort>(bytes[(family.TargetOffset + 2)..]);
        if (target < family.EntrySize || size < target + TargetHeaderSize || size > bytes.Length)
        {
            throw Malformed(family, table);
        }

        return new XtEntry
        {
            Size = (uint)size,
            Header = bytes[..family.EntrySize].ToArray(),
            Matches = bytes[family.EntrySize..target].ToArray(),
            Target = TextOf(bytes.Slice(target + 2, TargetNameSize)),
            TargetRevision = bytes[target + 31],
            TargetData = bytes[(target + TargetHeaderSize)..size].ToArray(),
            Packets = (long)Math.Min(MemoryMarshal.Read<ulong>(bytes[family.Counters..]), long.MaxValue),
        };
    }

    private static NetfilterDropKind? KindOf(XtEntry entry, bool isPolicy) => entry.Target switch
    {
        "" => entry.TargetData.Length >= 4 && MemoryMarshal.Read<int>(entry.TargetData) == DropVerdict
            ? isPolicy ? NetfilterDropKind.Policy : NetfilterDropKind.Drop
            : null,
        _ => XtRuleText.KindOf(entry.Target),
    };

    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private static NetlinkFormatException Malformed(XtFamily family, string table) =>
        new($"The table {SafeText.Escape(table)} of {family.Name} has a format that DropMon does not know.");
}
