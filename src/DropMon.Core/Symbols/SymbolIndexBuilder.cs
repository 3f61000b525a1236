namespace DropMon.Symbols;

/// <summary>
/// Reads kallsyms: lines of an address in hexadecimal, a type, a name, and for a module's symbols a tab and <c>[module]</c>. By hand and
/// in one pass, since reading 120,000 lines as strings takes ten times as long as the kernel takes to print them.
/// </summary>
internal static class SymbolIndexBuilder
{
    private const int BufferSize = 1 << 18;
    private const int LongestLine = 4096; // KSYM_NAME_LEN is 512
    private const int TypicalSymbols = 80_000;

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
        private ulong[] _addresses = new ulong[TypicalSymbols];
        private int[] _names = new int[TypicalSymbols];
        private byte[] _text = new byte[TypicalSymbols * 24];
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
            if (space <= 0 || space > 16 || line.Length < space + 4 || line[space + 2] != (byte)' ' || !TryParseHex(line[..space], out ulong address))
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
            Array.Resize(ref _addresses, _count);
            Array.Resize(ref _names, _count);
            Array.Resize(ref _text, _textLength);
            if (!_isSorted)
            {
                SortStably();
            }

            RemoveDuplicates();
            return new SymbolIndex(_addresses, _names, _text, _sawZero && !_sawAddress);
        }

        private static bool TryParseHex(ReadOnlySpan<byte> digits, out ulong value)
        {
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
        private readonly void SortStably()
        {
            int[] order = new int[_count];
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            Array.Sort(_addresses, order);
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
            Array.ConvertAll(order, i => unsorted[i]).CopyTo(_names, 0);
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

            Array.Resize(ref _addresses, kept);
            Array.Resize(ref _names, kept);
        }
    }
}
