using DropMon.Packets;

namespace DropMon.Model.Fields;

/// <summary>A time.</summary>
internal sealed class TimeField : DropField<DateTimeOffset>
{
    public TimeField(string name, Func<DropAlert, DateTimeOffset> get, FieldSetter<DateTimeOffset>? set)
        : base(name, get, set)
    {
    }

    public override string TypeName => "DateTimeOffset";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Time(this);
}

/// <summary>How many there are of something.</summary>
internal sealed class CountField : DropField<long>
{
    public CountField(string name, Func<DropAlert, long> get, FieldSetter<long>? set)
        : base(name, get, set)
    {
    }

    public override string TypeName => "long";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Count(this);
}

/// <summary>A whole number from 0 that fits 31 bits.</summary>
internal sealed class NumberField : DropField<int?>
{
    public NumberField(string name, Func<DropAlert, int?> get, FieldSetter<int?>? set)
        : base(name, get, set)
    {
    }

    public NumberField(string name, Func<DropSite, int?> get, FieldSetter<int?>? set)
        : base(name, get, set)
    {
    }

    public override string TypeName => "int";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Number(this);
}

/// <summary>A number of 16 bits.</summary>
internal sealed class ShortField : DropField<ushort?>
{
    public ShortField(string name, Func<DropAlert, ushort?> get, FieldSetter<ushort?>? set)
        : base(name, get, set)
    {
    }

    public override string TypeName => "ushort";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Short(this);
}

/// <summary>A number of 64 bits.</summary>
internal sealed class UnsignedField : DropField<ulong?>
{
    public UnsignedField(string name, Func<DropAlert, ulong?> get, FieldSetter<ulong?>? set)
        : base(name, get, set)
    {
    }

    public UnsignedField(string name, Func<DropSite, ulong?> get, FieldSetter<ulong?>? set)
        : base(name, get, set)
    {
    }

    public override string TypeName => "ulong";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Unsigned(this);
}

/// <summary>An address in the kernel, in hexadecimal where it is text.</summary>
internal sealed class AddressField : DropField<ulong?>
{
    public AddressField(string name, Func<DropSite, ulong?> get, FieldSetter<ulong?>? set)
        : base(name, get, set)
    {
    }

    public override string TypeName => "ulong";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Address(this);
}

/// <summary>A text.</summary>
internal sealed class TextField : DropField<string?>
{
    public TextField(string name, Func<DropAlert, string?> get, FieldSetter<string?>? set)
        : base(name, get, set)
    {
    }

    public TextField(string name, Func<DropSite, string?> get, FieldSetter<string?>? set)
        : base(name, get, set)
    {
    }

    /// <summary>Whether it stays the same for many alerts in a row.</summary>
    public bool IsSteady { get; init; }

    public override string TypeName => "string";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Text(this);
}

/// <summary>One of an enumeration's names.</summary>
internal sealed class ChoiceField<T> : DropField<T>
    where T : struct, Enum
{
    public ChoiceField(string name, Func<DropAlert, T> get, FieldSetter<T>? set)
        : base(name, get, set)
    {
    }

    public ChoiceField(string name, Func<DropSite, T> get, FieldSetter<T>? set)
        : base(name, get, set)
    {
    }

    /// <summary>What stands for a name that this DropMon does not know, since a later one added it; null where that is an error.</summary>
    public T? Fallback { get; init; }

    public override string TypeName => typeof(T).Name;

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Choice(this);
}

/// <summary>Bytes.</summary>
internal sealed class BytesField : DropField<byte[]?>
{
    public BytesField(string name, Func<DropAlert, byte[]?> get, FieldSetter<byte[]?>? set)
        : base(name, get, set)
    {
    }

    /// <summary>The most bytes that may be read.</summary>
    public required int Most { get; init; }

    public override string TypeName => "byte[]";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Bytes(this);
}

/// <summary>Functions, innermost first.</summary>
internal sealed class FramesField : DropField<IReadOnlyList<StackFrame>?>
{
    public FramesField(string name, Func<DropAlert, IReadOnlyList<StackFrame>?> get, FieldSetter<IReadOnlyList<StackFrame>?>? set)
        : base(name, get, set)
    {
    }

    public FramesField(string name, Func<DropSite, IReadOnlyList<StackFrame>?> get, FieldSetter<IReadOnlyList<StackFrame>?>? set)
        : base(name, get, set)
    {
    }

    public override string TypeName => "list of StackFrame";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Frames(this);
}

/// <summary>A dissected packet.</summary>
internal sealed class PacketField : DropField<Packet?>
{
    public PacketField(string name, Func<DropAlert, Packet?> get)
        : base(name, get, null)
    {
    }

    public override string TypeName => "Packet";

    public override TResult Accept<TResult>(IDropFieldVisitor<TResult> visitor) => visitor.Packet(this);
}
