using System.Net;
using System.Text;

namespace DropMon.Packets;

/// <summary>Addresses as objects and text.</summary>
internal static class AddressText
{
    public static string Mac(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        return AppendMac(text, bytes).ToString();
    }

    public static StringBuilder AppendMac(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (i > 0)
            {
                text.Append(':');
            }

            AppendHex(text, bytes[i], 2);
        }

        return text;
    }

    /// <summary>The address of 4 or 16 bytes; null for fewer, which is what is left of one that was cut.</summary>
    public static IPAddress? Ip(ReadOnlySpan<byte> bytes) => bytes.Length is 4 or 16 ? new IPAddress(bytes) : null;

    public static StringBuilder AppendHex(StringBuilder text, uint number, int digits)
    {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        {
            text.Append("0123456789abcdef"[(int)(number >> shift) & 0xf]);
        }

        return text;
    }
}
