using System.Globalization;

namespace DropMon.Machine;

/// <summary>What several probes read.</summary>
internal static class MachineExtensions
{
    /// <summary>A setting under /proc/sys that is one number; null where it cannot be read.</summary>
    public static long? ReadNumber(this IMachine machine, string path) =>
        long.TryParse(
            machine.ReadFile(path), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>A setting under /proc/sys that is several numbers; null where it cannot be read.</summary>
    public static long[]? ReadNumbers(this IMachine machine, string path)
    {
        if (machine.ReadFile(path) is not { } text)
        {
            return null;
        }

        string[] words = text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = new long[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!long.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
