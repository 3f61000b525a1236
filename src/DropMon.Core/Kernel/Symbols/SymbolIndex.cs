using System.Numerics;
using System.Text;

namespace DropMon.Kernel.Symbols;

/// <summary>
/// Sorted addresses and, beside them, where each name starts in one block of bytes. A directory of equal parts of the address
/// range leads to the few symbols among which to search; a name becomes a string when it is first asked for.
/// </summary>
internal sealed class SymbolIndex
{
    // Far more than the longest function: what lies further behind a symbol belongs to something without one.
    private const ulong LongestFunction = 1 << 20;

    private readonly ulong[] _addresses;
    private readonly int[] _names;
    private readonly byte[] _text;
    private readonly Name[] _resolved;
    private readonly ulong _base;
    private readonly int _shift;
    private readonly int[] _directory;

    /// <param name="addresses">Where the functions start, ascending.</param>
    /// <param name="names">For each, where its name starts in <paramref name="text"/>; ends of sections have -1.</param>
    /// <param name="text">Names, each followed by a zero, or by a tab, the module's name and a zero.</param>
    /// <param name="isHidden">Whether the kernel hid the addresses.</param>
    public SymbolIndex(ulong[] addresses, int[] names, byte[] text, bool isHidden)
    {
        _addresses = addresses;
        _names = names;
        _text = text;
        _resolved = new Name[addresses.Length];
        IsHidden = isHidden;
        // Before the first function are per-CPU variables, near zero and far from all else.
        int first = Math.Max(0, Array.FindIndex(names, name => name >= 0));
        _base = addresses.Length == 0 ? 0 : addresses[first];
        ulong range = addresses.Length == 0 ? 0 : addresses[^1] - _base;
        _shift = Math.Max(0, BitOperations.Log2(range) - BitOperations.Log2((uint)addresses.Length | 1));
        _directory = new int[(range >> _shift) + 2];
        FillDirectory(first);
    }

    /// <summary>Knows no symbol.</summary>
    public static SymbolIndex Empty { get; } = new([], [], [], isHidden: false);

    public bool IsHidden { get; }

    public int Count => _addresses.Length;

    /// <summary>Finds the function that covers an address, without making a string.</summary>
    public int Find(ulong address)
    {
        (int low, int high) = (0, _addresses.Length);
        ulong part = (address - _base) >> _shift;
        if (address >= _base && part < (ulong)_directory.Length - 1)
        {
            (low, high) = (_directory[part], _directory[part + 1]);
        }

        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (_addresses[middle] <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    public bool TryResolve(ulong address, out ResolvedSymbol symbol)
    {
        int found = Find(address);
        // Behind the last symbol there is no telling where its function ends.
        if (found < 0 || found == _addresses.Length - 1 || address - _addresses[found] > LongestFunction)
        {
            symbol = default;
            return false;
        }

        ref Name name = ref _resolved[found];
        if (Volatile.Read(ref name.Function) is not { } function)
        {
            if (_names[found] < 0)
            {
                symbol = default;
                return false;
            }

            function = ReadName(_names[found], ref name);
        }

        symbol = new ResolvedSymbol(function, address - _addresses[found], name.Module);
        return true;
    }

    /// <summary>Finds the functions of a name, by looking at all: asked by people, not by drops.</summary>
    public List<FunctionExtent> FindFunctions(string function, string? module)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(function);
        var found = new List<FunctionExtent>();
        for (int i = 0; i < _addresses.Length - 1; i++)
        {
            if (_names[i] < 0)
            {
                continue;
            }

            ReadOnlySpan<byte> name = Bytes(_names[i]);
            if (!name.StartsWith(wanted) || (name.Length > wanted.Length && name[wanted.Length] != (byte)'\t'))
            {
                continue;
            }

            string? owner = name.Length == wanted.Length ? null : Encoding.UTF8.GetString(name[(wanted.Length + 1)..]);
            if (module is null || module == owner)
            {
                found.Add(new FunctionExtent(_addresses[i], Math.Min(_addresses[i + 1] - _addresses[i], LongestFunction), owner));
            }
        }

        return found;
    }

    // For each part of the range, the first symbol that starts in it or behind it.
    private void FillDirectory(int first)
    {
        int symbol = first;
        for (int part = 0; part < _directory.Length; part++)
        {
            while (symbol < _addresses.Length && (_addresses[symbol] - _base) >> _shift < (ulong)part)
            {
                symbol++;
            }

            _directory[part] = symbol;
        }
    }

    // Two threads may both make the strings; they make equal ones, and a thread that sees the function sees the module.
    private string ReadName(int start, ref Name name)
    {
        ReadOnlySpan<byte> text = Bytes(start);
        int tab = text.IndexOf((byte)'\t');
        string function = Encoding.UTF8.GetString(tab < 0 ? text : text[..tab]);
        name.Module = tab < 0 ? null : Encoding.UTF8.GetString(text[(tab + 1)..]);
        Volatile.Write(ref name.Function, function);
        return function;
    }

    private ReadOnlySpan<byte> Bytes(int start)
    {
        ReadOnlySpan<byte> name = _text.AsSpan(start);
        return name[..name.IndexOf((byte)0)];
    }

    /// <summary>
    /// Beside each other in the table: a lookup of a cold symbol waits for memory once less than with an object for each.
    /// </summary>
    private struct Name
    {
        public string? Function;
        public string? Module;
    }
}
