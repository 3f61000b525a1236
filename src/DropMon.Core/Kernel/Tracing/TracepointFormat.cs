using System.Globalization;
using System.Text.RegularExpressions;

namespace DropMon.Kernel.Tracing;

/// <summary>One field of a tracepoint's record.</summary>
/// <param name="Offset">Where it starts in the raw record, in bytes.</param>
/// <param name="Size">How long it is, in bytes.</param>
internal readonly record struct TracepointField(int Offset, int Size);

/// <summary>A tracepoint's record as the running kernel lays it out: the file <c>format</c> in its tracefs folder.</summary>
internal sealed partial class TracepointFormat
{
    private readonly Dictionary<string, TracepointField> _fields;
    private readonly string _printFormat;

    private TracepointFormat(int id, Dictionary<string, TracepointField> fields, string printFormat)
    {
        Id = id;
        _fields = fields;
        _printFormat = printFormat;
    }

    /// <summary>The number that perf_event_open wants.</summary>
    public int Id { get; }

    /// <summary>Parses the text of a <c>format</c> file. Lines that are no fields are passed over.</summary>
    /// <exception cref="TracepointFormatException">The text has no tracepoint id.</exception>
    public static TracepointFormat Parse(string text)
    {
        int? id = null;
        string printFormat = "";
        var fields = new Dictionary<string, TracepointField>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("ID:", StringComparison.Ordinal)
                && int.TryParse(line.AsSpan(3), CultureInfo.InvariantCulture, out int number))
            {
                id = number;
            }
            else if (line.StartsWith("print fmt:", StringComparison.Ordinal))
            {
                printFormat = line;
            }
            else if (FieldLine().Match(line) is { Success: true } match
                && int.TryParse(match.Groups["offset"].ValueSpan, CultureInfo.InvariantCulture, out int offset)
                && int.TryParse(match.Groups["size"].ValueSpan, CultureInfo.InvariantCulture, out int size))
            {
                fields[match.Groups["name"].Value] = new TracepointField(offset, size);
            }
        }

        return id is { } value
            ? new TracepointFormat(value, fields, printFormat)
            : throw new TracepointFormatException("The tracepoint's format file has no line \"ID:\".");
    }

    /// <summary>A field by name; null where this kernel's record lacks it.</summary>
    public TracepointField? Field(string name) => _fields.TryGetValue(name, out TracepointField field) ? field : null;

    /// <summary>The names that the kernel prints for a field's values (__print_symbolic); empty where it prints numbers.</summary>
    public IReadOnlyDictionary<uint, string> Symbols(string fieldName)
    {
        var names = new Dictionary<uint, string>();
        string start = $"__print_symbolic(REC->{fieldName},";
        int from = _printFormat.IndexOf(start, StringComparison.Ordinal);
        if (from < 0)
        {
            return names;
        }

        int to = _printFormat.IndexOf(')', from);
        foreach (Match match in SymbolPair().Matches(_printFormat[from..(to < 0 ? _printFormat.Length : to)]))
        {
            ReadOnlySpan<char> digits = match.Groups["value"].ValueSpan;
            bool parsed = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? uint.TryParse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint value)
                : uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
            if (parsed)
            {
                names[value] = match.Groups["name"].Value;
            }
        }

        return names;
    }

    // The name is the last word of the declaration, perhaps with an array's size behind it.
    [GeneratedRegex(@"^\s*field:[^;]*?(?<name>\w+)(\[[^\]]*\])?;\s*offset:(?<offset>\d+);\s*size:(?<size>\d+);")]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"\{\s*(?<value>0x[0-9a-fA-F]+|\d+)\s*,\s*""(?<name>[^""]*)""\s*\}")]
    private static partial Regex SymbolPair();
}

/// <summary>A tracepoint's format file is not what it should be.</summary>
public sealed class TracepointFormatException(string what)
    : DropMonException(
        "TracepointFormatUnknown",
        DropMonErrorKind.InvalidData,
        what,
        "Report it with the file events/skb/kfree_skb/format of this machine's tracefs.");
