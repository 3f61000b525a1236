using System.Buffers.Binary;

namespace DropMon.Fuzz;

/// <summary>Makes new inputs of old ones: bits flipped, lengths made to lie, parts cut, doubled, swapped in from elsewhere.</summary>
internal sealed class Mutator(int maximumLength, byte[][] tokens)
{
    private const int MostChanges = 6;
    private static readonly long[] Edges =
    [
        0, 1, 2, 3, 4, 7, 8, 12, 15, 16, 20, 32, 40, 63, 64, 127, 128, 255, 256, 1000, 4095, 4096, 32767, 32768, 65535, 65536, int.MaxValue,
        uint.MaxValue, -1, -2, -4, int.MinValue, long.MaxValue, long.MinValue
    ];

    private readonly byte[] _buffer = new byte[maximumLength];
    private readonly byte[] _scratch = new byte[maximumLength];
    private int _length;

    /// <summary>Changes an input in one to a few places.</summary>
    /// <param name="input">The input to start from.</param>
    /// <param name="other">Another one, to take parts of.</param>
    /// <param name="random">Decides.</param>
    /// <returns>The new input, valid until the next call.</returns>
    public ReadOnlySpan<byte> Mutate(ReadOnlySpan<byte> input, ReadOnlySpan<byte> other, ref Xorshift random)
    {
        _length = Math.Min(input.Length, maximumLength);
        input[.._length].CopyTo(_buffer);
        for (int changes = 1 + random.Below(MostChanges); changes > 0; changes--)
        {
            Change(other, ref random);
        }

        return _buffer.AsSpan(0, _length);
    }

    private void Change(ReadOnlySpan<byte> other, ref Xorshift random)
    {
        int kind = random.Below(16);
        if (_length == 0)
        {
            kind = 11;
        }

        switch (kind)
        {
            case 0 or 1:
                _buffer[random.Below(_length)] ^= (byte)(1 << random.Below(8));
                break;
            case 2 or 3:
                _buffer[random.Below(_length)] = (byte)random.Next();
                break;
            case 4:
                _buffer[random.Below(_length)] += (byte)(random.Below(9) - 4);
                break;
            case 5 or 6:
                WriteEdge(2, ref random);
                break;
            case 7:
                WriteEdge(4, ref random);
                break;
            case 8:
                WriteEdge(8, ref random);
                break;
            case 9:
                _length = random.Below(_length);
                break;
            case 10:
                Remove(random.Below(_length), 1 + random.Below(Math.Min(_length, 64)));
                break;
            case 11:
                Insert(random.Below(_length + 1), RandomBytes(1 + random.Below(16), ref random));
                break;
            case 12:
                int start = random.Below(_length);
                Insert(random.Below(_length + 1), Copy(_buffer.AsSpan(start, 1 + random.Below(Math.Min(_length - start, 256)))));
                break;
            case 13 when tokens.Length > 0:
                byte[] token = tokens[random.Below(tokens.Length)];
                Place(random.Below(_length), token, overwrite: random.Below(2) == 0);
                break;
            case 14 when !other.IsEmpty:
                int from = random.Below(other.Length);
                Place(
                    random.Below(_length), Copy(other.Slice(from, 1 + random.Below(Math.Min(other.Length - from, 256)))),
                    overwrite: random.Below(2) == 0);
                break;
            case 15 when !other.IsEmpty:
                // The head of one, the tail of another.
                int cut = random.Below(_length);
                int tail = random.Below(other.Length);
                _length = cut;
                Insert(cut, other[tail..]);
                break;
            default:
                _buffer[random.Below(_length)] = (byte)random.Next();
                break;
        }
    }

    private void WriteEdge(int size, ref Xorshift random)
    {
        if (_length < size)
        {
            return;
        }

        int at = random.Below(_length - size + 1);
        long value = random.Below(4) == 0 ? _length - at + random.Below(9) - 4 : Edges[random.Below(Edges.Length)];
        Span<byte> bytes = stackalloc byte[8];
        if (random.Below(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            bytes[..size].CopyTo(_buffer.AsSpan(at));
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            bytes[^size..].CopyTo(_buffer.AsSpan(at));
        }
    }

    private ReadOnlySpan<byte> RandomBytes(int count, ref Xorshift random)
    {
        count = Math.Min(count, _scratch.Length);
        for (int i = 0; i < count; i++)
        {
            _scratch[i] = (byte)random.Next();
        }

        return _scratch.AsSpan(0, count);
    }

    private ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(bytes.Length, _scratch.Length);
        bytes[..length].CopyTo(_scratch);
        return _scratch.AsSpan(0, length);
    }

    private void Place(int at, ReadOnlySpan<byte> bytes, bool overwrite)
    {
        if (overwrite)
        {
            bytes[..Math.Min(bytes.Length, _length - at)].CopyTo(_buffer.AsSpan(at));
        }
        else
        {
            Insert(at, bytes);
        }
    }

    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, _buffer.Length - _length);
        _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + count));
        bytes[..count].CopyTo(_buffer.AsSpan(at));
        _length += count;
    }

    private void Remove(int at, int count)
    {
        count = Math.Min(count, _length - at);
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at));
        _length -= count;
    }
}
