using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DropMon.Files;

/// <summary>
/// Remembers what was made of some bytes, so that the same bytes need no parsing and give the same object again. Its size is bounded: a new
/// entry displaces an old one of its set, and where all together would take too many bytes it begins anew.
/// </summary>
internal sealed class ByteCache<T>
    where T : class
{
    private const int Ways = 4;

    private readonly Entry[] _entries;
    private readonly int _setMask;
    private readonly int _maxKeyLength;
    private readonly long _maxBytes;
    private int _victim;

    /// <param name="sets">The number of sets, a power of two; each holds four entries.</param>
    /// <param name="maxKeyLength">Longer keys are not remembered.</param>
    /// <param name="maxBytes">Bytes that keys and values may take together.</param>
    public ByteCache(int sets, int maxKeyLength, long maxBytes)
    {
        _maxBytes = maxBytes;
        _entries = new Entry[sets * Ways];
        _setMask = sets - 1;
        _maxKeyLength = maxKeyLength;
    }

    /// <summary>Bytes that keys and values take.</summary>
    public long Bytes { get; private set; }

    /// <summary>What was made of the bytes, if they are remembered.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, [NotNullWhen(true)] out T? value)
    {
        if (key.Length <= _maxKeyLength)
        {
            ulong hash = Hash(key);
            foreach (ref Entry entry in Set(hash))
            {
                if (entry.Hash == hash && entry.Key is { } known && key.SequenceEqual(known))
                {
                    value = entry.Value!;
                    return true;
                }
            }
        }

        value = null;
        return false;
    }

    /// <summary>Remembers a value.</summary>
    /// <param name="key">What it was made of.</param>
    /// <param name="value">The value.</param>
    /// <param name="valueBytes">The memory that it keeps from being freed.</param>
    public void Add(ReadOnlySpan<byte> key, T value, int valueBytes)
    {
        int bytes = key.Length + valueBytes;
        if (key.Length > _maxKeyLength || bytes > _maxBytes)
        {
            return;
        }

        if (Bytes + bytes > _maxBytes)
        {
            Array.Clear(_entries);
            Bytes = 0;
        }

        ulong hash = Hash(key);
        Span<Entry> set = Set(hash);
        int way = 0;
        while (way < Ways && set[way].Key is not null)
        {
            way++;
        }

        if (way == Ways)
        {
            way = _victim++ & (Ways - 1);
        }

        Bytes += bytes - set[way].Bytes;
        set[way] = new Entry { Hash = hash, Key = key.ToArray(), Value = value, Bytes = bytes };
    }

    private Span<Entry> Set(ulong hash) => _entries.AsSpan(((int)hash & _setMask) * Ways, Ways);

    // Eight bytes a step; collisions only cost a second parse.
    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)key.Length * Multiplier;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(key);
        foreach (ulong word in words)
        {
            hash = BitOperations.RotateLeft((hash ^ word) * Multiplier, 29);
        }

        foreach (byte b in key[(words.Length * sizeof(ulong))..])
        {
            hash = (hash ^ b) * Multiplier;
        }

        return hash ^ (hash >> 32);
    }

    private struct Entry
    {
        public ulong Hash;
        public byte[]? Key;
        public T? Value;
        public int Bytes;
    }
}
