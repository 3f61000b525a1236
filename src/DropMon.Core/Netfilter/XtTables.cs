using DropMon.Machine;

namespace DropMon.Netfilter;

/// <summary>The tables of xtables that are in use in this thread's network namespace.</summary>
internal static class XtTables
{
    private const string Folder = "/proc/thread-self/net";

    /// <summary>Their names; empty where the kernel has no such tables; null where it does not say which it has.</summary>
    public static IReadOnlyList<string>? Names(IMachine machine, XtFamily family) =>
        machine.ReadFile($"{Folder}/{family.NamesFile}") is { } text ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        : machine.ListDirectory(Folder).Contains(family.NamesFile) ? null
        : [];
}
