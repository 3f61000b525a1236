using System.Buffers.Binary;
using System.Globalization;

namespace DropMon.Packets;

/// <summary>A chunk of an SCTP packet (struct sctp_chunkhdr).</summary>
public sealed class SctpChunk
{
    private const int HeaderLength = 4;
    private const int MaximumCount = 16;

    private SctpChunk(ReadOnlySpan<byte> header)
    {
        Kind = header[0];
        Flags = header[1];
        Length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
    }

    /// <summary>The chunk's type.</summary>
    public byte Kind { get; }

    /// <summary>The chunk's name, or its number where none is known.</summary>
    public string Name => Kind switch
    {
        0 => "DATA",
        1 => "INIT",
        2 => "INIT ACK",
        3 => "SACK",
        4 => "HEARTBEAT",
        5 => "HEARTBEAT ACK",
        6 => "ABORT",
        7 => "SHUTDOWN",
        8 => "SHUTDOWN ACK",
        9 => "ERROR",
        10 => "COOKIE ECHO",
        11 => "COOKIE ACK",
        12 => "ECNE",
        13 => "CWR",
        14 => "SHUTDOWN COMPLETE",
        15 => "AUTH",
        64 => "I-DATA",
        128 => "ASCONF-ACK",
        130 => "RE-CONFIG",
        192 => "FORWARD TSN",
        193 => "ASCONF",
        _ => "unknown-" + Kind.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The chunk's flags.</summary>
    public byte Flags { get; }

    /// <summary>The chunk's length with its header, without padding, in bytes.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static IReadOnlyList<SctpChunk> ReadAll(ReadOnlySpan<byte> chunks)
    {
        var list = new List<SctpChunk>(1);
        while (chunks.Length >= HeaderLength && list.Count < MaximumCount)
        {
            var chunk = new SctpChunk(chunks);
            list.Add(chunk);
            int padded = (chunk.Length + 3) & ~3;
            if (chunk.Length < HeaderLength || padded >= chunks.Length)
            {
                break;
            }

            chunks = chunks[padded..];
        }

        return list;
    }
}
