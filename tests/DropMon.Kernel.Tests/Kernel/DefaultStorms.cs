using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Kernel;

/// <summary>
/// A storm at full speed through each source with the settings that a user gets who asks for nothing; one each, for all who want to know.
/// </summary>
public sealed class DefaultStorms
{
    /// <summary>How many datagrams are sent.</summary>
    public const int Datagrams = 50_000;

    private readonly Dictionary<SourceUnderTest, Collection> _seen = [];

    internal Collection Through(SourceUnderTest source)
    {
        if (!_seen.TryGetValue(source, out Collection? seen))
        {
            using var traffic = DropTraffic.Ipv4();
            seen = Collection.Of(source.Options(), traffic, Datagrams);
            _seen.Add(source, seen);
        }

        return seen;
    }
}
