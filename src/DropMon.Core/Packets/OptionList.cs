namespace DropMon.Packets;

/// <summary>
/// The options of IPv4 and TCP headers: a kind alone (0 ends the list, 1 pads), or a kind, a length that counts both bytes, and data.
/// The 40 bytes that a header has for them bound their number.
/// </summary>
internal static class OptionList
{
    private const byte End = 0;
    private const byte Padding = 1;

    /// <summary>Takes the first option; false when there is none or it is malformed.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> options, out byte kind, out ReadOnlySpan<byte> data)
    {
        data = default;
        kind = End;
        if (options.IsEmpty)
        {
            return false;
        }

        kind = options[0];
        if (kind is End or Padding)
        {
            options = kind == End ? default : options[1..];
            return true;
        }

        if (options.Length < 2 || options[1] < 2 || options[1] > options.Length)
        {
            return false;
        }

        data = options[2..options[1]];
        options = options[options[1]..];
        return true;
    }

    public static bool IsWellFormed(ReadOnlySpan<byte> options)
    {
        while (TryTake(ref options, out _, out _))
        {
        }

        return options.IsEmpty;
    }
}
