using System.Globalization;

namespace DropMon.Machine;

/// <summary>Finds the processes that hold sockets, by the inodes behind their descriptors.</summary>
internal static class SocketOwners
{
    /// <summary>
    /// The holders' names and process ids, e.g. <c>named (812)</c>, by inode; processes of others stay unknown without root.
    /// </summary>
    public static Dictionary<ulong, string> Find(
        IMachine machine, IReadOnlySet<ulong> inodes, CancellationToken cancellationToken = default)
    {
        var owners = new Dictionary<ulong, string>();
        if (inodes.Count == 0)
        {
            return owners;
        }

        foreach ((ulong inode, int process) in FindAll(machine, cancellationToken))
        {
            if (inodes.Contains(inode) && !owners.ContainsKey(inode))
            {
                string name = machine.ReadFile($"/proc/{process}/comm", cancellationToken)?.TrimEnd('\n') ?? "?";
                owners.Add(inode, $"{name} ({process})");
            }
        }

        return owners;
    }

    /// <summary>Every socket's inode with a process that holds it; a socket that several hold comes as often.</summary>
    public static IEnumerable<(ulong Inode, int Process)> FindAll(IMachine machine, CancellationToken cancellationToken = default)
    {
        foreach (string process in machine.ListDirectory("/proc").Where(name => name.All(char.IsAsciiDigit)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string descriptors = $"/proc/{process}/fd";
            foreach (string descriptor in machine.ListDirectory(descriptors))
            {
                if (TryParseSocket(machine.ReadLink($"{descriptors}/{descriptor}"), out ulong inode))
                {
                    yield return (inode, int.Parse(process, CultureInfo.InvariantCulture));
                }
            }
        }
    }

    private static bool TryParseSocket(string? link, out ulong inode)
    {
        inode = 0;
        return link is not null
            && link.StartsWith("socket:[", StringComparison.Ordinal)
            && link.EndsWith(']')
            && ulong.TryParse(link.AsSpan(8, link.Length - 9), NumberStyles.None, CultureInfo.InvariantCulture, out inode);
    }
}
