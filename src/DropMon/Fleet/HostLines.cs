namespace DropMon.Fleet;

/// <summary>
/// Reads lines, each no longer than a bound, and no further ahead than one read: what is not asked for stays on the other side.
/// </summary>
/// <param name="stream">Where they come from.</param>
internal sealed class HostLines(Stream stream)
{
    /// <summary>Bytes of a line. The largest packet that an alert may hold takes 1.4 MB.</summary>
    public const int MostLine = 2 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether a whole line is there already.</summary>
    public bool HasLine => _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n');

    /// <summary>Reads the next line. It is valid until the next call.</summary>
    /// <returns>False at the end; a line that has none is none.</returns>
    /// <exception cref="FormatException">It is longer than the bound.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = _buffer.AsSpan(_start, searched + feed);
                _start += searched + feed + 1;
                return true;
            }

            searched = _end - _start;
            if (searched > MostLine)
            {
                throw new FormatException($"A line is longer than {MostLine} bytes.");
            }

            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MostLine + _buffer.Length));
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
