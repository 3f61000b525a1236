using System.Globalization;
using DropMon.Machine;
using DropMon.Text;

namespace DropMon.Filters;

/// <summary>Reads the values of conditions.</summary>
internal static class FilterValues
{
    /// <summary>A pattern of names.</summary>
    /// <exception cref="FilterException">It is none.</exception>
    public static NamePattern Pattern(string text, string where) =>
        NamePattern.TryParse(text, out NamePattern? pattern, out string? mistake) ? pattern
            : throw new FilterException(
                $"'{SafeText.Escape(text)}' for {Field(where)} is not a valid pattern: {mistake}.", where,
                "Write a backtick before a literal *, ?, [ or ].");

    /// <summary>An address or a network.</summary>
    /// <exception cref="FilterException">It is none.</exception>
    public static IReadOnlyList<string> Address(string text, string where) => AddressPrefix.TryParse(text, out AddressPrefix? prefix)
        ? [prefix.ToString()]
        : throw new FilterException(
            $"'{SafeText.Escape(text)}' for {Field(where)} is not an IPv4 or IPv6 address.", where,
            "Use a number form such as 192.0.2.1 or 2001:db8::1, or a network such as 10.0.0.0/8 or fe80::/10.");

    /// <summary>A port or a range of ports.</summary>
    /// <exception cref="FilterException">It is none.</exception>
    public static IReadOnlyList<string> Ports(string text, string where) => NumberRange.TryParsePorts(text, out NumberRange range)
        ? [range.ToString()]
        : throw new FilterException(
            $"'{SafeText.Escape(text)}' for {Field(where)} is neither a port nor a range of ports.", where,
            "Use a number from 0 to 65535, or a range such as 1024-65535.");

    /// <summary>The inode number of a network namespace, given as such or by the name that it has now.</summary>
    /// <exception cref="FilterException">It is neither.</exception>
    public static IReadOnlyList<string> Namespace(string text, string where) => TryReadInode(text, out uint inode)
        ? [inode.ToString(CultureInfo.InvariantCulture)]
        : throw new FilterException(
            $"'{SafeText.Escape(text)}' for {Field(where)} is no network namespace: neither an inode number nor a name.", where,
            "Use a name that 'ip netns list' shows, or the number that 'readlink /proc/PID/ns/net' gives for a process in it.");

    /// <summary>The number that <see cref="Namespace"/> made.</summary>
    public static ulong Inode(string value) => ulong.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Field(string where) => where.Split('[')[0];

    private static bool TryReadInode(string text, out uint inode)
    {
        // Or what readlink /proc/PID/ns/net answers.
        ulong? number = OwnNetworkNamespace.Parse(text)
            ?? (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong plain) ? plain : null);
        if (number is null)
        {
            number = NamedNetworkNamespaces.Read().FirstOrDefault(named => named.Name == text).Inode;
        }

        inode = number <= uint.MaxValue ? (uint)number : 0;
        return inode > 0;
    }
}
