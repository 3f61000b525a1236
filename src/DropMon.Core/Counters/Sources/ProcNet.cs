using System.Globalization;
using DropMon.Machine;

namespace DropMon.Counters.Sources;

/// <summary>Files of this thread's network namespace: /proc/net would show the namespace of the process's first thread.</summary>
internal static class ProcNet
{
    public const string Folder = "/proc/thread-self/net";

    /// <exception cref="CounterSourceException">It cannot be read.</exception>
    public static string[] ReadLines(IMachine machine, string path) =>
        TryReadLines(machine, path) ?? throw CounterSourceException.Unreadable(path);

    /// <summary>Null where the kernel lacks the file: its module is not loaded, or it was built without.</summary>
    public static string[]? TryReadLines(IMachine machine, string path) =>
        machine.ReadFile(path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The words of a line, without copying the line.</summary>
    public static string[] Words(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A count as the MIB files print it: unsigned, but -1 where a limit is none.</summary>
    public static bool TryParse(string text, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        bool isLarge = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large);
        value = unchecked((long)large);
        return isLarge;
    }

    public static bool TryParseHex(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
