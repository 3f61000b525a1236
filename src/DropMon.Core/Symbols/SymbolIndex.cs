using System.Text;

namespace DropMon.Symbols;

/// <summary>Sorted addresses and, beside them, where each name starts in one block of bytes.</summary>
internal sealed class SymbolIndex
{
    // Far more than the longest function: what lies further behind a symbol belongs to something without one.
    private const ulong LongestFunction = 1 << 20;

    private readonly ulong[] _addresses;
    private readonly int[] _names;
    private readonly byte[] _text;

    /// <param name="addresses">Where the functions start, ascending.</param>
    /// <param name="names">For each, where its name starts in <paramref name="text"/>; ends of sections have -1.</param>
    /// <param name="text">Names, each followed by a zero, or by a tab, the module's name and a zero.</param>
    /// <param name="isHidden">Whether the kernel hid the addresses.</param>
    public SymbolIndex(ulong[] addresses, int[] names, byte[] text, bool isHidden)
    {
        _addresses = addresses;
        _names = names;
        _text = text;
        IsHidden = isHidden;
    }

    /// <summary>Knows no symbol.</summary>
    public static SymbolIndex Empty { get; } = new([], [], [], isHidden: false);

    public bool IsHidden { get; }

    public int Count => _addresses.Length;

    /// <summary>Finds the function that covers an address, without making a string.</summary>
    public int Find(ulong address)
    {
        int low = 0;
        int high = _addresses.Length;
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
        if (found < 0 || found == _addresses.Length - 1 || _names[found] < 0 || address - _addresses[found] > LongestFunction)
        {
            symbol = default;
            return false;
        }

        ReadOnlySpan<byte> name = _text.AsSpan(_names[found]);
        name = name[..name.IndexOf((byte)0)];
        int tab = name.IndexOf((byte)'\t');
        symbol = new ResolvedSymbol(
            Encoding.UTF8.GetString(tab < 0 ? name : name[..tab]),
            address - _addresses[found],
            tab < 0 ? null : Encoding.UTF8.GetString(name[(tab + 1)..]));
        return true;
    }
}
