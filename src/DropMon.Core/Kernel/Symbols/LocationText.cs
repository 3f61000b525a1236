using System.Globalization;
using System.Text;

namespace DropMon.Kernel.Symbols;

/// <summary>Writes a place in the kernel as one string, and reads it: <c>function+0x1f [module] (file.c:12)</c>.</summary>
internal static class LocationText
{
    public static string Format(ulong address, string? function, ulong offset, string? module, string? file, int? line)
    {
        var text = new StringBuilder(64);
        if (function is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"0x{address:x}");
        }
        else
        {
            text.Append(function);
            if (offset != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"+0x{offset:x}");
            }
        }

        if (module is not null)
        {
            text.Append(" [").Append(module).Append(']');
        }

        if (file is not null)
        {
            text.Append(" (").Append(file);
            if (line is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $":{line}");
            }

            text.Append(')');
        }

        return text.ToString();
    }

    /// <summary>
    /// Reads what <see cref="Format"/> wrote. A function's text does not have its address, which then is 0; what else is no place is the
    /// function.
    /// </summary>
    public static StackFrame Parse(string text)
    {
        string rest = text.Trim();
        string? file = TakeEnd(ref rest, " (", ')');
        string? module = TakeEnd(ref rest, " [", ']');
        int? line = null;
        if (file?.LastIndexOf(':') is { } colon and > 0
            && int.TryParse(file.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            line = number;
            file = file[..colon];
        }

        if (rest.StartsWith("0x", StringComparison.Ordinal) && TryReadHex(rest.AsSpan(2), out ulong address))
        {
            return new StackFrame(address, null, 0, module, file, line);
        }

        int plus = rest.LastIndexOf("+0x", StringComparison.Ordinal);
        return plus > 0 && TryReadHex(rest.AsSpan(plus + 3), out ulong offset)
            ? new StackFrame(0, rest[..plus], offset, module, file, line)
            : new StackFrame(0, rest, 0, module, file, line);
    }

    private static string? TakeEnd(ref string text, string opening, char closing)
    {
        int start = text.EndsWith(closing) ? text.LastIndexOf(opening, StringComparison.Ordinal) : -1;
        if (start <= 0)
        {
            return null;
        }

        string taken = text[(start + opening.Length)..^1];
        text = text[..start];
        return taken;
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, out ulong value) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
