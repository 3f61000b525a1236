using System.Buffers.Binary;

namespace DropMon.Kernel.Symbols;

/// <summary>
/// Reads kallsyms: lines of an address in hexadecimal, a type, a name, and for a module's symbols a tab and <c>[module]</c>. By hand and
/// in one pass, since reading 120,000 lines as strings takes ten times as long as the kernel takes to print them.
/// </summary>
internal static class SymbolIndexBuilder
{
    private const int BufferSize = 1 << 18;
    private const int LongestLine = 4096; // KSYM_NAME_LEN is 512
    private const int TypicalSymbols = 128 * 1024; // what does not fit makes everything be copied once more
    private const int TypicalName = 28; // one zero included

    public static SymbolIndex Build(Stream stream)
    {
        var builder = new State();
        byte[] buffer = new byte[BufferSize];
        int kept = 0;
        int read;
        while ((read = stream.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, kept + read);
            int end;
            while ((end = rest.IndexOf((byte)'\n')) >= 0)
            {
                builder.AddLine(rest[..end]);
                rest = rest[(end + 1)..];
            }

            // A line that long is none of the kernel's.
            kept = rest.Length > LongestLine ? 0 : rest.Length;
            rest[..kept].CopyTo(buffer);
        }

        builder.AddLine(buffer.AsSpan(0, kept));
        return builder.ToIndex();
    }

    private struct State
    {
        private ulong[] _addresses = GC.AllocateUninitializedArray<ulong>(TypicalSymbols);
        private int[] _names = GC.AllocateUninitializedArray<int>(TypicalSymbols);
        private byte[] _text = GC.AllocateUninitializedArray<byte>(TypicalSymbols * TypicalName);
        private int _count;
        private int _textLength;
        private bool _isSorted = true;
        private bool _sawAddress;
        private bool _sawZero;

        public State()
        {
        }

        public void AddLine(ReadOnlySpan<byte> line)
        {
            int space = line.IndexOf((byte)' ');
            if (space <= 0
                || space > 16
                || line.Length < space + 4
                || line[space + 2] != (byte)' '
                || !TryParseHex(line[..space], out ulong address))
            {
                return;
            }

            byte type = line[space + 1];
            if (address == 0)
            {
                _sawZero = true;
                return;
            }

            // Text symbols, weak ones included; other types end the function before them.
            bool isFunction = type is (byte)'t' or (byte)'T' or (byte)'w' or (byte)'W';
            _sawAddress |= isFunction;
            Add(address, isFunction ? AppendName(line[(space + 3)..]) : -1);
        }

        public SymbolIndex ToIndex()
        {
            if (!_isSorted)
            {
                SortStably();
            }

            RemoveDuplicates();
            return new SymbolIndex(Trim(_addresses, _count), Trim(_names, _count), Trim(_text, _textLength), _sawZero && !_sawAddress);
        }

        private static T[] Trim<T>(T[] array, int length)
        {
            T[] trimmed = GC.AllocateUninitializedArray<T>(length);
            array.AsSpan(0, length).CopyTo(trimmed);
            return trimmed;
        }

        private static bool TryParseHex(ReadOnlySpan<byte> digits, out ulong value)
        {
            // What a 64-bit kernel prints: sixteen lower-case digits, eight at a time.
            if (digits.Length == 16
                && TryParseEight(BinaryPrimitives.ReadUInt64LittleEndian(digits), out uint high)
                && TryParseEight(BinaryPrimitives.ReadUInt64LittleEndian(digits[8..]), out uint low))
            {
                value = ((ulong)high << 32) | low;
                return true;
            }

            value = 0;
            foreach (byte digit in digits)
            {
                int lower = digit | 0x20;
                int nibble = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : lower is >= 'a' and <= 'f' ? lower - 'a' + 10 : -1;
                if (nibble < 0)
                {
                    return false;
                }

                value = (value << 4) | (uint)nibble;
            }

            return true;
        }

        private static bool TryParseEight(ulong digits, out uint value)
        {
            const ulong Ones = 0x0101010101010101;
            // In each byte the high bit of the sum tells whether the digit is at least the other number; none has its own high bit set.
            ulong belowColon = ~(digits + (Ones * (0x80 - ':')));
            ulong atLeastZero = digits + (Ones * (0x80 - '0'));
            ulong atLeastA = digits + (Ones * (0x80 - 'a'));
            ulong belowG = ~(digits + (Ones * (0x80 - 'g')));
            ulong valid = ~digits & ((belowColon & atLeastZero) | (atLeastA & belowG)) & (Ones << 7);
            // A letter's low four bits are nine less than its value.
            ulong nibbles = (digits & (Ones * 0x0f)) + (((digits >> 6) & Ones) * 9);
            ulong pairs = ((nibbles << 4) | (nibbles >> 8)) & 0x00ff00ff00ff00ff;
            ulong quads = ((pairs << 8) | (pairs >> 16)) & 0x0000ffff0000ffff;
            value = (uint)((quads << 16) | (quads >> 32));
            return valid == Ones << 7;
        }

        private void Add(ulong address, int name)
        {
            if (_count == _addresses.Length)
            {
                Array.Resize(ref _addresses, _count * 2);
                Array.Resize(ref _names, _count * 2);
            }

            _isSorted &= _count == 0 || address >= _addresses[_count - 1];
            _addresses[_count] = address;
            _names[_count++] = name;
        }

        private int AppendName(ReadOnlySpan<byte> name)
        {
            int tab = name.IndexOf((byte)'\t');
            ReadOnlySpan<byte> function = tab < 0 ? name : name[..tab];
            ReadOnlySpan<byte> module = tab < 0 ? default : name[(tab + 1)..].Trim("[]"u8);
            int needed = function.Length + module.Length + 2;
            if (_textLength + needed > _text.Length)
            {
                Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + needed));
            }

            int start = _textLength;
            function.CopyTo(_text.AsSpan(_textLength));
            _textLength += function.Length;
            if (!module.IsEmpty)
            {
                _text[_textLength++] = (byte)'\t';
                module.CopyTo(_text.AsSpan(_textLength));
                _textLength += module.Length;
            }

            _text[_textLength++] = 0;
            return start;
        }

        // Equal addresses keep the file's order, which is the kernel's own.
        private void SortStably()
        {
            int[] order = new int[_count];
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            Array.Sort(_addresses, order, 0, _count);
            for (int i = 0; i < _count;)
            {
                int end = i + 1;
                while (end < _count && _addresses[end] == _addresses[i])
                {
                    end++;
                }

                Array.Sort(order, i, end - i);
                i = end;
            }

            int[] unsorted = _names;
            _names = Array.ConvertAll(order, i => unsorted[i]);
        }

        // Of aliases the kernel names the first (kallsyms_lookup); a function wins over what is none.
        private void RemoveDuplicates()
        {
            int kept = 0;
            for (int i = 0; i < _count; i++)
            {
                if (kept > 0 && _addresses[kept - 1] == _addresses[i])
                {
                    _names[kept - 1] = _names[kept - 1] >= 0 ? _names[kept - 1] : _names[i];
                    continue;
                }

                _addresses[kept] = _addresses[i];
                _names[kept++] = _names[i];
            }

            _count = kept;
        }
    }
}
