using System.Globalization;

namespace DropMon.Packets;

/// <summary>Names of numbers that have none.</summary>
internal static class NumberedText
{
    public static string Type(int number) => "type " + number.ToString(CultureInfo.InvariantCulture);

    public static string Code(int number) => "code " + number.ToString(CultureInfo.InvariantCulture);
}
