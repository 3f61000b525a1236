using DropMon.Model.Fields;

namespace DropMon.Serialization;

/// <summary>Reads a field from the property of an object that was an alert before it was written down.</summary>
internal delegate void FieldReader(PropertyBag bag, ref DropValues values);

/// <summary>Makes the reader of each kind of field. What is not there stays as it is.</summary>
internal sealed class FieldReaders : IDropFieldVisitor<FieldReader>
{
    /// <summary>Readers of some fields.</summary>
    public static FieldReader[] Of(IEnumerable<DropField> fields)
    {
        var kinds = new FieldReaders();
        return [.. fields.Where(field => !field.IsDerived).Select(field => field.Accept(kinds))];
    }

    public FieldReader Time(TimeField field) => OfValue(field, bag => bag.Time(field.Name));

    public FieldReader Count(CountField field) => OfValue(field, bag => bag.Count(field.Name));

    public FieldReader Number(NumberField field) => OfObject(field, bag => bag.Small(field.Name));

    public FieldReader Short(ShortField field) => OfObject(field, bag => bag.Short(field.Name));

    public FieldReader Unsigned(UnsignedField field) => OfObject(field, bag => bag.Unsigned(field.Name));

    public FieldReader Address(AddressField field) => OfObject(field, bag => bag.Unsigned(field.Name));

    public FieldReader Text(TextField field) => OfObject(field, bag => bag.Text(field.Name));

    public FieldReader Choice<T>(ChoiceField<T> field)
        where T : struct, Enum => OfValue(field, bag => bag.Enumeration<T>(field.Name));

    public FieldReader Bytes(BytesField field) => OfObject(field, bag => bag.Bytes(field.Name, field.Most));

    public FieldReader Frames(FramesField field) => OfObject(field, bag => bag.Frames(field.Name));

    public FieldReader Packet(PacketField field) => throw new InvalidOperationException($"{field} is derived.");

    private static FieldReader OfValue<T>(DropField<T> field, Func<PropertyBag, T?> read)
        where T : struct
    {
        FieldSetter<T> set = field.Set!;
        return (PropertyBag bag, ref DropValues values) =>
        {
            if (read(bag) is { } value)
            {
                set(ref values, value);
            }
        };
    }

    private static FieldReader OfObject<T>(DropField<T> field, Func<PropertyBag, T> read)
    {
        FieldSetter<T> set = field.Set!;
        return (PropertyBag bag, ref DropValues values) => set(ref values, read(bag));
    }
}
