using DropMon.Model.Fields;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Filters;

/// <summary>The table of what filters can ask about: a row each.</summary>
internal static class FilterFields
{
    /// <summary>No condition has more values.</summary>
    public const int MostValues = 256;

    /// <summary>No value is longer. It is the longest name of a kernel's symbol (KSYM_NAME_LEN).</summary>
    public const int MostLength = 512;

    private static readonly FilterFieldRow[] Rows =
    [
        new FilterFieldRow(FilterField.Reason, Names(ReasonName.WithoutPrefix), OfField),
        new FilterFieldRow(FilterField.Function, Names(), OfField),
        new FilterFieldRow(FilterField.Class, Choices<DropClass>(), OfField),
        new FilterFieldRow(FilterField.Significance, Choices<DropSignificance>(), OfField),
        new FilterFieldRow(FilterField.InterfaceName, Names(), OfField),
        new FilterFieldRow(FilterField.Protocol, Names(), OfProtocol),
        new FilterFieldRow(FilterField.Address, FilterValues.Address, OfPacket),
        new FilterFieldRow(FilterField.SourceAddress, FilterValues.Address, OfPacket),
        new FilterFieldRow(FilterField.DestinationAddress, FilterValues.Address, OfPacket),
        new FilterFieldRow(FilterField.Port, FilterValues.Ports, OfPacket),
        new FilterFieldRow(FilterField.SourcePort, FilterValues.Ports, OfPacket),
        new FilterFieldRow(FilterField.DestinationPort, FilterValues.Ports, OfPacket),
        new FilterFieldRow(FilterField.NetworkNamespace, FilterValues.Namespace, OfField),
        new FilterFieldRow(FilterField.ProcessName, Names(), OfField),
        new FilterFieldRow(FilterField.Unit, Names(), OfField),
        new FilterFieldRow(FilterField.Container, Names(), OfField),
    ];

    /// <summary>All rows, in the order of the fields.</summary>
    public static IReadOnlyList<FilterFieldRow> All => Rows;

    /// <summary>The row of a field.</summary>
    public static FilterFieldRow Of(FilterField field) =>
        Array.Find(Rows, row => row.Field == field) ?? throw new ArgumentOutOfRangeException(nameof(field));

    private static FilterValueReader Names(Func<string, string>? canonical = null) =>
        (text, where) =>
        {
            string name = FilterValues.Pattern(text, where).Text;
            return [canonical is null ? name : canonical(name)];
        };

    // Patterns over few names become the names that they match, so that a compiler of filters gets sets.
    private static FilterValueReader Choices<T>()
        where T : struct, Enum => (text, where) =>
        {
            NamePattern pattern = FilterValues.Pattern(text, where);
            return Enum.GetNames<T>().Where(name => pattern.Matches(name)).ToArray() is { Length: > 0 } names ? names
                : throw new FilterException(
                    $"Nothing matches '{SafeText.Escape(text)}'.", where,
                    $"Use {string.Join(", ", Enum.GetNames<T>().Order(StringComparer.Ordinal))}.");
        };

    // What the alert's field of the same name needs. Every alert has a class and a significance.
    private static FilterNeed? OfField(FilterCondition condition) =>
        DropFields.Find(condition.Field.ToString()) is { Content: not DropContent.None } field
        ? new FilterNeed(field.Content, condition.Field, condition.Values[0])
        : null;

    // The network protocol comes with each packet; the transport protocol is in its bytes.
    private static FilterNeed OfProtocol(FilterCondition condition) =>
        condition.Values.FirstOrDefault(value => !ProtocolSet.IsNetworkProtocol(NamePattern.Parse(value))) is { } transport
            ? new FilterNeed(DropContent.Packet, condition.Field, transport)
            : new FilterNeed(DropContent.EtherType, condition.Field, condition.Values[0]);

    private static FilterNeed OfPacket(FilterCondition condition) => new(DropContent.Packet, condition.Field, condition.Values[0]);
}

/// <summary>The values that a text stands for in a condition, each in the one spelling that the condition holds.</summary>
/// <exception cref="FilterException">It stands for none.</exception>
internal delegate IReadOnlyList<string> FilterValueReader(string text, string where);

/// <summary>What there is to know of a field of filters.</summary>
/// <param name="Field">The field.</param>
/// <param name="Read">Reads its values.</param>
/// <param name="Need">What a condition needs of an alert.</param>
internal sealed record FilterFieldRow(FilterField Field, FilterValueReader Read, Func<FilterCondition, FilterNeed?> Need)
{
    /// <summary>Makes a condition.</summary>
    /// <exception cref="FilterException">The values cannot be used.</exception>
    public FilterCondition Create(IReadOnlyList<string> values)
    {
        if (values.Count is 0 or > FilterFields.MostValues)
        {
            throw new FilterException($"{Field} has {values.Count} values.", $"{Field}", $"Give 1 to {FilterFields.MostValues}.");
        }

        var seen = new HashSet<NamePattern>();
        return new FilterCondition(Field, [.. values.SelectMany(Expand).Where(value => seen.Add(NamePattern.Parse(value)))]);
    }

    private IReadOnlyList<string> Expand(string value, int index)
    {
        string where = $"{Field}[{index}]";
        if (value.Length is 0 or > FilterFields.MostLength || !IsText(value))
        {
            string fault = value.Length == 0
                ? "is empty"
                : value.Length > FilterFields.MostLength ? $"has {value.Length} characters"
                : "is not valid Unicode text";
            throw new FilterException(
                $"A value of {Field} {fault}.", where, $"Give values of 1 to {FilterFields.MostLength} characters.");
        }

        return Read(value, where);
    }

    // Half of a surrogate pair could not be sent on.
    private static bool IsText(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return false;
            }
        }

        return true;
    }
}
