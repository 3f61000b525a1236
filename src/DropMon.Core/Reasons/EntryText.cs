namespace DropMon.Reasons;

/// <summary>Where one entry of the knowledge file lies.</summary>
internal sealed class EntryText(int start, int length)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> file) => file.Slice(start, length);
}
