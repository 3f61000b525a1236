using System.Text.Json;
using DropMon.Model.Fields;
using DropMon.Packets;

namespace DropMon.Files.Json;

/// <summary>Makes the JSON form of each kind of field. The forms of one maker are for one thread.</summary>
internal sealed class AlertJsonFieldKinds : IDropFieldVisitor<AlertJsonField>
{
    public AlertJsonField Time(TimeField field) => new TimeForm(field);

    public AlertJsonField Count(CountField field) => new CountForm(field);

    public AlertJsonField Number(NumberField field) => new NumberForm(field);

    public AlertJsonField Short(ShortField field) => new ShortForm(field);

    public AlertJsonField Unsigned(UnsignedField field) => new UnsignedForm(field);

    public AlertJsonField Address(AddressField field) => new AddressForm(field);

    public AlertJsonField Text(TextField field) => field.IsSteady ? new SteadyTextForm(field) : new TextForm(field);

    public AlertJsonField Choice<T>(ChoiceField<T> field)
        where T : struct, Enum => new ChoiceForm<T>(field);

    public AlertJsonField Bytes(BytesField field) => new BytesForm(field);

    public AlertJsonField Frames(FramesField field) => new FramesForm(field);

    public AlertJsonField Packet(PacketField field) => new PacketForm(field);

    // Each form is one virtual call and one delegate away from a value: files are to be written and read fast.
    private abstract class Form<T>(DropField<T> field) : AlertJsonField(field)
    {
        protected Func<DropAlert, T> Get { get; } = field.Get;

        protected FieldSetter<T> Set { get; } = field.Set!;
    }

    private sealed class TimeForm(TimeField field) : Form<DateTimeOffset>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert) => json.WriteTime(Name, Get(alert));

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadTimestamp(ref reader));
    }

    private sealed class CountForm(CountField field) : Form<long>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert) => json.WriteNumber(Name, Get(alert));

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadCount(ref reader));
    }

    private sealed class NumberForm(NumberField field) : Form<int?>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert)
        {
            if (Get(alert) is { } number)
            {
                json.WriteNumber(Name, (long)number);
            }
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadNumber(ref reader));
    }

    private sealed class ShortForm(ShortField field) : Form<ushort?>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert)
        {
            if (Get(alert) is { } number)
            {
                json.WriteNumber(Name, (long)number);
            }
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadUInt16(ref reader));
    }

    private sealed class UnsignedForm(UnsignedField field) : Form<ulong?>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert)
        {
            if (Get(alert) is { } number)
            {
                json.WriteNumber(Name, number);
            }
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadUInt64(ref reader));
    }

    private sealed class AddressForm(AddressField field) : Form<ulong?>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert)
        {
            if (Get(alert) is { } address)
            {
                json.WriteAddress(Name, address);
            }
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadAddress(ref reader));
    }

    private sealed class TextForm(TextField field) : Form<string?>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert) => json.WriteText(Name, Get(alert));

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadString(ref reader, known.Texts));
    }

    // Encoded once for all alerts in a row that have the same, as in a choice.
    private sealed class SteadyTextForm(TextField field) : Form<string?>(field)
    {
        private string? _last;
        private byte[] _property = [];

        public override void Write(JsonProperties json, DropAlert alert)
        {
            if (Get(alert) is not { } value)
            {
                return;
            }

            if (!ReferenceEquals(value, _last))
            {
                _last = value;
                _property = JsonProperties.Property(Name, value);
            }

            json.Write(_property);
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadString(ref reader, known.Texts));
    }

    private sealed class ChoiceForm<T>(ChoiceField<T> field) : Form<T>(field)
        where T : struct, Enum
    {
        private readonly T? _fallback = field.Fallback;
        private T _last;
        private byte[]? _property;

        public override void Write(JsonProperties json, DropAlert alert)
        {
            T value = Get(alert);
            if (_property is null || !EqualityComparer<T>.Default.Equals(value, _last))
            {
                _last = value;
                _property = JsonProperties.Property(Name, value.ToString());
            }

            json.Write(_property);
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadEnum(ref reader, known.Texts, _fallback));
    }

    private sealed class BytesForm(BytesField field) : Form<byte[]?>(field)
    {
        private readonly int _most = field.Most;

        public override void Write(JsonProperties json, DropAlert alert)
        {
            if (Get(alert) is { } value)
            {
                json.WriteBytes(Name, value);
            }
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, JsonTokens.ReadBytes(ref reader, _most));
    }

    private sealed class FramesForm(FramesField field) : Form<IReadOnlyList<StackFrame>?>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert)
        {
            if (Get(alert) is { } value)
            {
                StackFrameJsonWriter.Write(json, Name, value);
            }
        }

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            Set(ref values, known.Frames.Read(ref reader, json));
    }

    // As one line of text. It is derived from the bytes, and never read.
    private sealed class PacketForm(PacketField field) : Form<Packet?>(field)
    {
        public override void Write(JsonProperties json, DropAlert alert) => json.WriteText(Name, Get(alert)?.ToString());

        public override void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, KnownValues known, ref DropValues values) =>
            reader.Skip();
    }
}
