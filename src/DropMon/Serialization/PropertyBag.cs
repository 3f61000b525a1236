using System.Globalization;
using System.Management.Automation;
using DropMon.Commands;
using DropMon.Kernel.Symbols;

namespace DropMon.Serialization;

/// <summary>
/// Reads properties of an object that was one of ours before it was written down: values may be text, or bags themselves. What is not there
/// is null; a number that does not fit is an error, and no other number.
/// </summary>
internal sealed class PropertyBag(PSObject bag)
{
    public bool Has(string name) => bag.Properties[name] is not null;

    /// <exception cref="PropertyValueException">It is longer than any.</exception>
    public string? Text(string name) => Value(name) is { } value
        && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
        ? text.Length <= AlertLimits.MostText ? SafeText.Escape(text)
            : throw new PropertyValueException(name, text, $"a text of at most {AlertLimits.MostText} characters")
        : null;

    /// <exception cref="PropertyValueException">It is no whole number of 64 bits.</exception>
    public long? Number(string name) => (long?)Exact(name, long.MinValue, long.MaxValue);

    /// <exception cref="PropertyValueException">It is no whole number from 0.</exception>
    public long? Count(string name) => (long?)Exact(name, 0, long.MaxValue);

    /// <exception cref="PropertyValueException">It is no whole number from 0 of 31 bits.</exception>
    public int? Small(string name) => (int?)Exact(name, 0, int.MaxValue);

    /// <exception cref="PropertyValueException">It is no whole number from 0 of 16 bits.</exception>
    public ushort? Short(string name) => (ushort?)Exact(name, 0, ushort.MaxValue);

    /// <summary>A number from 0; addresses are also written in hexadecimal.</summary>
    /// <exception cref="PropertyValueException">It is no whole number from 0.</exception>
    public ulong? Unsigned(string name) => (ulong?)Exact(name, 0, ulong.MaxValue);

    /// <summary>A number with a fraction; Export-Csv writes it with the decimal separator of the current culture.</summary>
    public double? Real(string name) => Value(name) is string text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            || double.TryParse(text, NumberStyles.Float, CultureInfo.CurrentCulture, out number)
            ? number
            : null
        : As<double>(name);

    public T? Enumeration<T>(string name)
        where T : struct, Enum => As<T>(name) is { } value && Enum.IsDefined(value) ? value : null;

    public TimeSpan? Span(string name) => Value(name) is PSObject nested
        ? As<long>(nested, nameof(TimeSpan.Ticks)) is { } ticks ? new TimeSpan(ticks) : null
        : As<TimeSpan>(name);

    /// <summary>A time; a DateTimeOffset comes out of CLIXML as a bag with the time by UTC.</summary>
    /// <exception cref="TimeTextException">There is a text, but it is not a time.</exception>
    public DateTimeOffset? Time(string name) => Value(name) switch
    {
        PSObject nested => As<DateTime>(nested, nameof(DateTimeOffset.UtcDateTime)) is { } utc ? LocalTime.Of(utc.Ticks) : null,
        DateTime time => LocalTime.Of(time),
        string { Length: > 0 } text => TimeText.Read(text),
        _ => As<DateTimeOffset>(name),
    };

    /// <summary>Bytes; text is hexadecimal, as Export-Csv writes them.</summary>
    /// <exception cref="PropertyValueException">There are more.</exception>
    public byte[]? Bytes(string name, int most)
    {
        byte[]? bytes = Value(name) switch
        {
            null or "" => null,
            string hex => FromHex(hex),
            { } value => LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out byte[] converted)
                && converted is { Length: > 0 } ? converted : null,
        };
        return bytes is null || bytes.Length <= most
            ? bytes : throw new PropertyValueException(name, $"{bytes.Length} bytes", $"at most {most} bytes");
    }

    /// <summary>The text of the object itself.</summary>
    public string Whole => SafeText.Escape(bag.ToString());

    /// <summary>A bag within the bag; null for anything else.</summary>
    public PropertyBag? Item(string name) => Value(name) is PSObject nested ? new PropertyBag(nested) : null;

    /// <summary>The bags in a list; null where there is no list.</summary>
    public IEnumerable<PropertyBag>? Items(string name)
    {
        object? value = bag.Properties[name]?.Value;
        return LanguagePrimitives.GetEnumerable(value is PSObject wrapped ? wrapped.BaseObject : value)?.Cast<object?>().OfType<object>()
            .Select(item => new PropertyBag(PSObject.AsPSObject(item)));
    }

    /// <summary>The functions in a list; one text is a list as Export-Csv writes it.</summary>
    public StackFrame[]? Frames(string name) =>
        Items(name)?.Select(item => item.Frame()).ToArray() ?? Text(name)?.Split(ValueText.Separator).Select(LocationText.Parse).ToArray();

    /// <summary>The texts in a list; one text is a list as Export-Csv writes it.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        object? value = bag.Properties[name]?.Value;
        return LanguagePrimitives.GetEnumerable(value is PSObject wrapped ? wrapped.BaseObject : value) is { } items
            ? [.. items.Cast<object?>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")]
            : (Text(name) ?? "").Split(ValueText.Separator, StringSplitOptions.RemoveEmptyEntries);
    }

    // ConvertTo-Json leaves a frame's text only.
    private StackFrame Frame() => !Has(nameof(StackFrame.Address))
        ? LocationText.Parse(Whole)
        : new StackFrame(
            Unsigned(nameof(StackFrame.Address)) ?? 0,
            Text(nameof(StackFrame.Function)),
            Unsigned(nameof(StackFrame.Offset)) ?? 0,
            Text(nameof(StackFrame.Module)),
            Text(nameof(StackFrame.SourceFile)),
            Small(nameof(StackFrame.Line)));

    private static byte[]? FromHex(string hex)
    {
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static T? As<T>(PSObject nested, string name)
        where T : struct => nested.Properties[name]?.Value is { } value
            && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T result) ? result : null;

    private T? As<T>(string name)
        where T : struct => Value(name) is { } value and not ""
            && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T result) ? result : null;

    private decimal? Exact(string name, decimal least, decimal most)
    {
        if (Value(name) is not { } value || value is "")
        {
            return null;
        }

        bool isNumber = value is string text && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex) & TryWiden(
                hex, out decimal number)
            : LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out number);
        return isNumber && number == decimal.Truncate(number) && number >= least && number <= most
            ? number
            : throw new PropertyValueException(name, value, FormattableString.Invariant($"a whole number from {least} to {most}"));

        static bool TryWiden(ulong narrow, out decimal wide)
        {
            wide = narrow;
            return true;
        }
    }

    // A value that is a bag stays one; any other loses its wrapper.
    private object? Value(string name) => bag.Properties[name]?.Value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject
        ? wrapped.BaseObject : bag.Properties[name]?.Value;
}
