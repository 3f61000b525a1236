using System.Text.Json;
using DropMon.Model.Fields;

namespace DropMon.Files.Json;

/// <summary>How a field stands in JSON.</summary>
internal abstract class AlertJsonField(DropField field)
{
    /// <summary>The field.</summary>
    public DropField Field { get; } = field;

    /// <summary>The name, encoded once.</summary>
    protected byte[] Name { get; } = JsonProperties.Name(field.Name);

    /// <summary>Whether all alerts of one place have the same value.</summary>
    public bool IsOfSite { get; } = field.IsOfSite;

    /// <summary>Whether a reader skips it.</summary>
    public bool IsDerived { get; } = field.IsDerived;

    /// <summary>Writes name and value; nothing where the alert lacks it.</summary>
    public abstract void Write(JsonProperties json, DropAlert alert);

    /// <summary>Reads the value of the property that the reader stands at.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="json">All that the reader was made from.</param>
    /// <param name="known">What is shared with earlier alerts.</param>
    /// <param name="values">Takes the value.</param>
    public abstract void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values);
}

/// <summary>Texts and stacks that come again and again, so that equal ones are one object.</summary>
internal sealed record KnownValues(ByteCache<string> Texts, StackFrameJsonReader Frames);
