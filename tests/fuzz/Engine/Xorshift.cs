namespace DropMon.Fuzz;

/// <summary>Random numbers at a nanosecond each, the same for the same seed on every run-time (xorshift64*).</summary>
internal struct Xorshift
{
    private ulong _state;

    public Xorshift(ulong seed)
    {
        // Neighbouring seeds must not begin alike, and zero must not stay zero (splitmix64).
        ulong z = seed + 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        _state = (z ^ (z >> 31)) | 1;
    }

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545f4914f6cdd1d;
    }

    /// <summary>A number from 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);
}
