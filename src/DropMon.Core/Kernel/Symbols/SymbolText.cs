using System.Buffers;
using System.Globalization;
using System.Text;

namespace DropMon.Kernel.Symbols;

/// <summary>Parses the kernel's notation of a place: <c>function+0x1f/0x80 [module]</c>.</summary>
internal static class SymbolText
{
    // The kernel's own buffers hold less (KSYM_SYMBOL_LEN); a capture may hold anything.
    private const int MostLength = 1024;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Parses a text that may be cut anywhere, as NET_DM_ATTR_SYMBOL is at 40 bytes; what is whole of it counts.</summary>
    /// <returns>False when it does not begin with a function's name.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out ResolvedSymbol symbol)
    {
        symbol = default;
        int nameLength = text.IndexOfAny((byte)'+', (byte)' ');
        ReadOnlySpan<byte> name = nameLength < 0 ? text : text[..nameLength];
        // An address that the kernel could not name is printed as a number.
        if (name.IsEmpty || name.StartsWith("0x"u8) || text.Length > MostLength)
        {
            return false;
        }

        symbol = new ResolvedSymbol(SafeText.Escape(Encoding.UTF8.GetString(name)), ParseOffset(text[name.Length..]), ParseModule(text));
        return true;
    }

    private static ulong ParseOffset(ReadOnlySpan<byte> rest)
    {
        if (!rest.StartsWith("+0x"u8))
        {
            return 0;
        }

        ReadOnlySpan<byte> digits = rest[3..];
        int end = digits.IndexOfAnyExcept(HexDigits);
        return ulong.TryParse(
            end < 0 ? digits : digits[..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong offset)
            ? offset
            : 0;
    }

    private static string? ParseModule(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf((byte)'[');
        int close = text.IndexOf((byte)']');
        return open >= 0 && close > open + 1 ? SafeText.Escape(Encoding.UTF8.GetString(text[(open + 1)..close])) : null;
    }
}
