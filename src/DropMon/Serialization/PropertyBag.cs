using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Reads the properties of an object that came by serialization. What is missing is null; what has the wrong type is an error of PowerShell's conversion.</summary>
internal readonly struct PropertyBag(PSObject source)
{
    /// <summary>A text, made safe for a terminal: who wrote it is not known.</summary>
    public string? Text(string name) => this[name] is { } value ? SafeText.Escape(LanguagePrimitives.ConvertTo<string>(value)) : null;

    public T? Value<T>(string name)
        where T : struct => this[name] is { } value ? LanguagePrimitives.ConvertTo<T>(value) : null;

    /// <summary>An enumeration by name, since numbers may differ between versions; 0 for a name that this version does not know.</summary>
    public T Name<T>(string name)
        where T : struct, Enum => Enum.TryParse($"{this[name]}", out T value) && Enum.IsDefined(value) ? value : default;

    public byte[]? Bytes(string name) => this[name] is { } value ? LanguagePrimitives.ConvertTo<byte[]>(value) : null;

    public IEnumerable<object>? Items(string name) => (this[name] is PSObject wrapped ? wrapped.BaseObject : this[name]) is IEnumerable items and not string ? items.Cast<object>() : null;

    /// <summary>A time. PowerShell serializes a DateTimeOffset as an object of its properties.</summary>
    public DateTimeOffset Time(string name) => this[name] switch
    {
        PSObject { BaseObject: DateTimeOffset time } => time,
        DateTimeOffset time => time,
        PSObject wrapped when wrapped.Properties[nameof(DateTimeOffset.UtcTicks)]?.Value is { } ticks => new DateTimeOffset(LanguagePrimitives.ConvertTo<long>(ticks), TimeSpan.Zero),
        { } other => DateTimeOffset.Parse(LanguagePrimitives.ConvertTo<string>(other), CultureInfo.InvariantCulture),
        null => throw new PSInvalidCastException($"{name} is missing."),
    };

    private object? this[string name] => source.Properties[name]?.Value;
}
