using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DropMon.Filters;

/// <summary>An IPv4 or IPv6 network: <c>10.0.0.0/8</c>, <c>fe80::/10</c>, or one address.</summary>
internal sealed class AddressPrefix
{
    private const int BitsPerByte = 8;

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private readonly byte[] _bytes;
    private readonly byte[] _mask;

    private AddressPrefix(byte[] bytes, int length)
    {
        Length = length;
        _mask = new byte[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            int bits = Math.Clamp(length - (i * BitsPerByte), 0, BitsPerByte);
            _mask[i] = (byte)(0xff00 >> bits);
            bytes[i] &= _mask[i];
        }

        _bytes = bytes;
    }

    /// <summary>How many bits of an address are compared.</summary>
    public int Length { get; }

    /// <summary>The network's address, 4 or 16 bytes in network order; the bits behind the prefix are 0.</summary>
    public ReadOnlySpan<byte> Address => _bytes;

    /// <summary>A bit for each that is compared.</summary>
    public ReadOnlySpan<byte> Mask => _mask;

    /// <summary>Reads an address with or without a prefix length; bits behind the prefix are ignored.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AddressPrefix? prefix)
    {
        prefix = null;
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> address = slash < 0 ? text : text.AsSpan(0, slash);
        if (!IsAddress(address) || !IPAddress.TryParse(address, out IPAddress? parsed))
        {
            return false;
        }

        byte[] bytes = parsed.GetAddressBytes();
        int length = bytes.Length * BitsPerByte;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int given)
                || given > length || (length = given) < 0))
        {
            return false;
        }

        // 1.2 and 010.0.0.1 are addresses to inet_aton(3), and seldom what is meant.
        if (parsed.AddressFamily == AddressFamily.InterNetwork && !address.SequenceEqual(parsed.ToString()))
        {
            return false;
        }

        prefix = new AddressPrefix(bytes, length);
        return true;
    }

    /// <summary>Whether an address of 4 or 16 bytes is in the network.</summary>
    public bool Contains(ReadOnlySpan<byte> address)
    {
        if (address.Length != _bytes.Length)
        {
            return false;
        }

        for (int i = 0; i < address.Length; i++)
        {
            if ((address[i] & _mask[i]) != _bytes[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Length == _bytes.Length * BitsPerByte
        ? new IPAddress(_bytes).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(_bytes)}/{Length}");

    // No zone (fe80::1%eth0): the packet does not hold it. No brackets, and no port behind them.
    private static bool IsAddress(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(AddressCharacters) < 0;
}
