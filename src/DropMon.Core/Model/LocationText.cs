using System.Globalization;
using System.Text;

namespace DropMon;

/// <summary>Writes a place in the kernel as one string: <c>function+0x1f [module] (file.c:12)</c>.</summary>
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
}
