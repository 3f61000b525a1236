namespace DropMon.Packets;

/// <summary>The bytes that a header is made of.</summary>
/// <param name="Bytes">Those that came; no more than <paramref name="Length"/>.</param>
/// <param name="Offset">Where they begin in the packet.</param>
/// <param name="Length">The header's length by its own account, in bytes.</param>
internal readonly record struct HeaderBytes(ReadOnlyMemory<byte> Bytes, int Offset, int Length);
