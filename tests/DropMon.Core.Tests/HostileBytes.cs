namespace DropMon.Tests;

/// <summary>Every damage of one place that bytes can suffer.</summary>
internal static class HostileBytes
{
    /// <summary>The bytes cut at every length, and with every byte flipped in several ways.</summary>
    public static IEnumerable<byte[]> Of(byte[] whole)
    {
        for (int i = 0; i < whole.Length; i++)
        {
            yield return whole[..i];
            foreach (byte bits in (byte[])[0x01, 0x04, 0x80, 0xff])
            {
                byte[] flipped = [.. whole];
                flipped[i] ^= bits;
                yield return flipped;
            }
        }
    }
}
