namespace DropMon.Model.Fields;

/// <summary>
/// Something that each kind of field has in its own way: its form in JSON, in PowerShell. A new kind does not build without it.
/// </summary>
internal interface IDropFieldVisitor<out TResult>
{
    TResult Time(TimeField field);

    TResult Count(CountField field);

    TResult Number(NumberField field);

    TResult Short(ShortField field);

    TResult Unsigned(UnsignedField field);

    TResult Address(AddressField field);

    TResult Text(TextField field);

    TResult Choice<T>(ChoiceField<T> field)
        where T : struct, Enum;

    TResult Bytes(BytesField field);

    TResult Frames(FramesField field);

    TResult Packet(PacketField field);
}
