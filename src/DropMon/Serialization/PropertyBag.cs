using System.Globalization;
using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Reads properties of an object that was one of ours before it was written down: values may be text, or bags themselves. What does not fit is null.</summary>
internal sealed class PropertyBag(PSObject bag)
{
    public bool Has(string name) => bag.Properties[name] is not null;

    public string? Text(string name) => Value(name) is { } value && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? SafeText.Escape(text) : null;

    public long? Number(string name) => As<long>(name);

    public ulong? Unsigned(string name) => As<ulong>(name);

    /// <summary>A number with a fraction; Export-Csv writes it with the decimal separator of the current culture.</summary>
    public double? Real(string name) => Value(name) is string text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || double.TryParse(text, NumberStyles.Float, CultureInfo.CurrentCulture, out number)
            ? number
            : null
        : As<double>(name);

    public T? Enumeration<T>(string name)
        where T : struct, Enum => As<T>(name) is { } value && Enum.IsDefined(value) ? value : null;

    public TimeSpan? Span(string name) => Value(name) is PSObject nested
        ? As<long>(nested, nameof(TimeSpan.Ticks)) is { } ticks ? new TimeSpan(ticks) : null
        : As<TimeSpan>(name);

    /// <summary>A time; a DateTimeOffset comes out of CLIXML as a bag with the time by UTC.</summary>
    /// <exception cref="TimeTextException">There is a text, and nobody can tell which time it means.</exception>
    public DateTimeOffset? Time(string name) => Value(name) switch
    {
        PSObject nested => As<DateTime>(nested, nameof(DateTimeOffset.UtcDateTime)) is { } utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToLocalTime() : null,
        DateTime time => new DateTimeOffset(time),
        string { Length: > 0 } text => TimeText.Read(text),
        _ => As<DateTimeOffset>(name),
    };

    /// <summary>Bytes; text is hexadecimal, as Export-Csv writes them.</summary>
    public byte[]? Bytes(string name) => Value(name) switch
    {
        null or "" => null,
        string hex => FromHex(hex),
        { } value => LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out byte[] bytes) && bytes is { Length: > 0 } ? bytes : null,
    };

    /// <summary>The text of the object itself.</summary>
    public string Whole => SafeText.Escape(bag.ToString());

    /// <summary>A bag within the bag; null for anything else.</summary>
    public PropertyBag? Item(string name) => Value(name) is PSObject nested ? new PropertyBag(nested) : null;

    /// <summary>The bags in a list; null where there is no list.</summary>
    public IEnumerable<PropertyBag>? Items(string name)
    {
        object? value = bag.Properties[name]?.Value;
        return LanguagePrimitives.GetEnumerable(value is PSObject wrapped ? wrapped.BaseObject : value)?.Cast<object?>().OfType<object>().Select(item => new PropertyBag(PSObject.AsPSObject(item)));
    }

    /// <summary>The texts in a list; one text is a list as Export-Csv writes it.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        object? value = bag.Properties[name]?.Value;
        return LanguagePrimitives.GetEnumerable(value is PSObject wrapped ? wrapped.BaseObject : value) is { } items
            ? [.. items.Cast<object?>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")]
            : (Text(name) ?? "").Split(ValueText.Separator, StringSplitOptions.RemoveEmptyEntries);
    }

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
        where T : struct => nested.Properties[name]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T result) ? result : null;

    private T? As<T>(string name)
        where T : struct => Value(name) is { } value and not "" && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out T result) ? result : null;

    // A value that is a bag stays one; any other loses its wrapper.
    private object? Value(string name) => bag.Properties[name]?.Value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : bag.Properties[name]?.Value;
}
