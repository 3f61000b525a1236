namespace DropMon.Netlink;

/// <summary>Walks the messages of one datagram. Stops at the first whose length does not fit the bytes at hand.</summary>
internal ref struct NetlinkMessageReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>The message's header.</summary>
    public NetlinkHeader Header { get; private set; }

    /// <summary>The bytes behind the header.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Whether bytes were left that are no whole message.</summary>
    public bool IsMalformed { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        if (!NetlinkHeader.TryRead(_rest, out NetlinkHeader header)
            || header.Length < NetlinkHeader.Size
            || header.Length > (uint)_rest.Length)
        {
            IsMalformed = true;
            return false;
        }

        int length = (int)header.Length;
        Header = header;
        Payload = _rest[NetlinkHeader.Size..length];
        _rest = _rest[Math.Min(NetlinkHeader.Align(length), _rest.Length)..];
        return true;
    }
}
