using System.Management.Automation;
using DropMon.Completion;

namespace DropMon.Commands;

/// <summary>Completes host names that this user's SSH configuration and list of known hosts hold; hashed ones are unreadable.</summary>
public sealed class HostNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word)
    {
        string folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");
        return Lines(Path.Combine(folder, "config"))
            .SelectMany(FromConfiguration)
            .Concat(Lines(Path.Combine(folder, "known_hosts")).SelectMany(FromKnownHosts))
            .Where(word.Matches)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => word.Offer(name));
    }

    private static IEnumerable<string> FromConfiguration(string line)
    {
        string[] words = line.Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words[0].Equals("Host", StringComparison.OrdinalIgnoreCase)
            ? words[1..].Where(word => word.IndexOfAny(['*', '?', '!']) < 0)
            : [];
    }

    // "name,name key-type key", a marker such as @cert-authority before, "[name]:port" for ports other than 22.
    private static IEnumerable<string> FromKnownHosts(string line) =>
        line.Split(' ', 2)[0]
            .Split(',')
            .Where(name => name.Length > 0 && name[0] is not ('#' or '|' or '@' or '[') && name.IndexOfAny(['*', '?']) < 0);

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Completion has nothing to say then, and no way to say why.
            return [];
        }
    }
}
