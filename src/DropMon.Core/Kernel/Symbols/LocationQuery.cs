using System.Globalization;
using System.Text.RegularExpressions;

namespace DropMon.Kernel.Symbols;

/// <summary>A place as people and tools write it: an address, or a function with an offset and perhaps its size and module.</summary>
internal readonly partial record struct LocationQuery
{
    private const int MatchMilliseconds = 1000;

    public ulong? Address { get; private init; }

    public string? Function { get; private init; }

    public ulong Offset { get; private init; }

    public ulong? Size { get; private init; }

    public string? Module { get; private init; }

    /// <summary>
    /// Reads a text: <c>0xffffffff81c0d9a2</c>, the same without 0x in all its 16 digits, a decimal number,
    /// <c>function+0x9a2/0xa10 [module]</c> and parts of it, or a line of a log or of a tool that has one of these in it.
    /// </summary>
    /// <returns>Null when it holds none.</returns>
    public static LocationQuery? Parse(string text)
    {
        string trimmed = text.Trim();
        if (ParseAddress(trimmed) is { } address)
        {
            return new LocationQuery { Address = address };
        }

        Match place = Whole().Match(trimmed);
        place = place.Success ? place : Place().Match(trimmed);
        if (place.Success && FromMatch(place, trimmed) is { } query)
        {
            return query;
        }

        // Of several addresses in a line of trace output it is the one that is called so.
        MatchCollection found = AddressInText().Matches(trimmed);
        Match? best = found.FirstOrDefault(match => trimmed[..match.Index].EndsWith("location=", StringComparison.Ordinal))
            ?? found.FirstOrDefault();
        return best is not null && ParseAddress(best.Value) is { } inText ? new LocationQuery { Address = inText } : null;
    }

    private static ulong? ParseAddress(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ParseHex(text[2..]);
        }

        // All digits of an address: how the kernel prints pointers.
        if (text.Length == 16 && ParseHex(text) is { } padded)
        {
            return padded;
        }

        // A number of PowerShell's: 0xffffffff81c0d9a2 is a negative one there.
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number
            : long.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long negative) ? unchecked((ulong)negative)
            : null;
    }

    private static LocationQuery? FromMatch(Match match, string text)
    {
        Group size = match.Groups["size"];
        string? module = match.Groups["module"] is { Success: true } behind
            ? behind.Value
            : match.Groups["owner"] is { Success: true } before ? before.Value
            : null;
        return ParseOffset(match.Groups["offset"], text) is not { } offset
            ? null
            : new LocationQuery
            {
                Function = match.Groups["function"].Value,
                Offset = offset,
                Size = size.Success ? ParseHex(size.Value) : null,
                Module = module,
            };
    }

    // dropwatch writes hexadecimal without 0x; bpftrace and tracefs write decimal.
    private static ulong? ParseOffset(Group offset, string text) =>
        !offset.Success ? 0
        : offset.Value.StartsWith("0x", StringComparison.Ordinal) ? ParseHex(offset.Value[2..])
        : text.Contains("drops at ", StringComparison.Ordinal) || !offset.Value.All(char.IsAsciiDigit) ? ParseHex(offset.Value)
        : ulong.TryParse(offset.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number
        : null;

    private static ulong? ParseHex(string digits) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value) ? value : null;

    // A name alone counts only where there is nothing else.
    [GeneratedRegex(
        @"^(?:(?<owner>[A-Za-z_]\w*):)?(?<function>[A-Za-z_][\w.$]*)"
        + @"(?:\+(?<offset>(?:0x)?[0-9a-f]+)(?:/0x(?<size>[0-9a-f]+))?)?(?:\s*\[(?<module>\w+)\])?$",
        RegexOptions.CultureInvariant, MatchMilliseconds)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"(?<![\w.$])(?<function>[A-Za-z_][\w.$]*)\+(?<offset>(?:0x)?[0-9a-f]+)(?:/0x(?<size>[0-9a-f]+))?(?![\w])"
        + @"(?:\s*\[(?<module>(?!software\])\w+)\])?",
        RegexOptions.CultureInvariant, MatchMilliseconds)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<!\w)0x[0-9a-fA-F]{8,16}(?!\w)|(?<!\w)[0-9a-f]{16}(?!\w)", RegexOptions.CultureInvariant, MatchMilliseconds)]
    private static partial Regex AddressInText();
}
