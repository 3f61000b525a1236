using System.Text;
using DropMon.Commands;

namespace DropMon.Fleet;

/// <summary>
/// A line of what a computer says: a letter, and texts in base64. A line that begins with a brace is a record of JSON Lines instead. The
/// lines of <c>Scripts/Serve.ps1</c> and <see cref="FleetServer"/>.
/// </summary>
/// <param name="Kind">The letter.</param>
/// <param name="Texts">The texts, as they came.</param>
internal sealed record HostFrame(char Kind, IReadOnlyList<string> Texts)
{
    /// <summary>The first line: what came before is a greeting of the shell or of pwsh.</summary>
    public const string Magic = "DropMon-Fleet";

    /// <summary>Which module is there: its version, and 1 where it can serve. Without texts there is none.</summary>
    public const char Module = 'M';

    /// <summary>An object in CLIXML.</summary>
    public const char Object = 'O';

    /// <summary>A warning.</summary>
    public const char Warning = 'W';

    /// <summary>A line of -Verbose.</summary>
    public const char Verbose = 'V';

    /// <summary>An error: id, category, message, remedy.</summary>
    public const char Error = 'E';

    /// <summary>The far side lives.</summary>
    public const char Pulse = 'P';

    /// <summary>The call has ended.</summary>
    public const char End = 'Z';

    /// <summary>How often the far side says that it lives.</summary>
    public static readonly TimeSpan PulseInterval = TimeSpan.FromSeconds(3);

    private const int MostQuoted = 60;

    /// <summary>Reads a line that is no record.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static HostFrame Read(ReadOnlySpan<byte> line)
    {
        string[] words = Encoding.ASCII.GetString(line).TrimEnd('\r').Split(' ');
        return words[0] is [var kind] && kind is Module or Object or Warning or Verbose or Error or Pulse or End
            ? new HostFrame(kind, [.. words.Skip(1).Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word)))])
            : throw new FormatException("A line of another kind was expected than "
                + $"'{SafeText.Escape(words[0].Length > MostQuoted ? words[0][..MostQuoted] : words[0])}'.");
    }
}
