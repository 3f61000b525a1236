using System.Globalization;

namespace DropMon.Filters;

/// <summary>Numbers from one to another, both included: <c>53</c> or <c>1024-65535</c>.</summary>
internal readonly record struct NumberRange(uint First, uint Last)
{
    /// <summary>Reads a range of ports.</summary>
    public static bool TryParsePorts(string text, out NumberRange range)
    {
        int dash = text.IndexOf('-');
        ReadOnlySpan<char> first = dash < 0 ? text : text.AsSpan(0, dash);
        ReadOnlySpan<char> last = dash < 0 ? text : text.AsSpan(dash + 1);
        bool isRange = IsPort(first, out ushort low) & IsPort(last, out ushort high);
        range = new NumberRange(low, high);
        return isRange && low <= high;
    }

    public bool Contains(uint number) => number >= First && number <= Last;

    /// <inheritdoc/>
    public override string ToString() => First == Last
        ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    private static bool IsPort(ReadOnlySpan<char> text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
