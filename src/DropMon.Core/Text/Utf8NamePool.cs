using System.Text;

namespace DropMon.Text;

/// <summary>
/// Gives the same string, and the same small number, for the same UTF-8 bytes, without allocating for those seen before: names of
/// interfaces, reasons and traps repeat a million times. Control characters are escaped, since the creator of an interface
/// may not be a friend. For one thread.
/// </summary>
internal sealed class Utf8NamePool
{
    // An attacker may invent names, but no more than the pool bears.
    private const int MostNames = 65_536;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int InitialSlots = 64;

    private readonly List<(byte[] Bytes, string Text)> _names = [([], "")];
    private int[] _slots = new int[InitialSlots];
    private int _bytes;

    /// <summary>Grows when the pool was emptied because it was full: numbers given before mean nothing any more.</summary>
    public int Generation { get; private set; }

    /// <summary>The number of a name, from 1; 0 for the empty name.</summary>
    public int Intern(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return 0;
        }

        int mask = _slots.Length - 1;
        int slot = (int)(Hash(name) & (uint)mask);
        while (_slots[slot] != 0)
        {
            if (name.SequenceEqual(_names[_slots[slot]].Bytes))
            {
                return _slots[slot];
            }

            slot = (slot + 1) & mask;
        }

        return Add(name);
    }

    /// <summary>The text of a number that <see cref="Intern"/> gave.</summary>
    public string Text(int number) => _names[number].Text;

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        // FNV-1a: the names are short.
        uint hash = 2166136261;
        foreach (byte b in name)
        {
            hash = (hash ^ b) * 16777619;
        }

        return hash;
    }

    private int Add(ReadOnlySpan<byte> name)
    {
        if (_names.Count >= MostNames || _bytes > MostBytes)
        {
            _names.RemoveRange(1, _names.Count - 1);
            _slots = new int[InitialSlots];
            _bytes = 0;
            Generation++;
        }

        _bytes += name.Length;
        _names.Add((name.ToArray(), SafeText.Escape(Encoding.UTF8.GetString(name))));
        int number = _names.Count - 1;
        if (_names.Count * 2 > _slots.Length)
        {
            _slots = new int[_slots.Length * 2];
            for (int earlier = 1; earlier < number; earlier++)
            {
                Place(earlier);
            }
        }

        Place(number);
        return number;
    }

    private void Place(int number)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(Hash(_names[number].Bytes) & (uint)mask);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = number;
    }
}
