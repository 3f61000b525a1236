using System.Collections;
using System.Globalization;
using DropMon.Commands;
using DropMon.Text;

namespace DropMon.Fleet;

/// <summary>How to reach one computer by SSH.</summary>
internal sealed class HostConnection
{
    private static readonly string[] KnownKeys = [
        "HostName", "UserName", "Port", "KeyFilePath", "Subsystem", "ConnectingTimeout", "Options"];

    // A host that is cut off is found out after a few unanswered questions (3 times 5 seconds); a host that does not answer, after 15
    // seconds.
    private static readonly (string Name, int Value)[] DefaultOptions = [
        ("ServerAliveInterval", 5), ("ServerAliveCountMax", 3), ("ConnectTimeout", 15)];

    // The program takes its commands from the standard input. On the far side's command line are plain words only, which every login shell
    // takes alike.
    private static readonly string[] Program = ["pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", "-"];

    private readonly List<string> _options = [];
    private readonly string _target;
    private readonly string? _subsystem;

    private HostConnection(Hashtable parameters)
    {
        Name = (string)parameters["HostName"]!;
        RequireUsable(Name, parameters["UserName"]);
        (_target, string? port) = SplitPort(Name);
        _subsystem = Text(parameters["Subsystem"]);
        ConnectingTimeout = parameters["ConnectingTimeout"] is { } timeout ? Milliseconds(timeout) : null;
        Add("-p", parameters["Port"] ?? port);
        Add("-i", parameters["KeyFilePath"]);
        Add("-l", parameters["UserName"]);
        var given = (IDictionary?)parameters["Options"];
        foreach (DictionaryEntry option in given ?? new Hashtable())
        {
            Add("-o", string.Create(CultureInfo.InvariantCulture, $"{option.Key}={option.Value}"));
        }

        void Add(string option, object? value)
        {
            if (value is not null)
            {
                _options.AddRange([option, Text(value)!]);
            }
        }
    }

    public HostConnection(string hostName, string? userName, int? port, string? keyFilePath, Hashtable? options)
        : this(Table(("HostName", hostName), ("UserName", userName), ("Port", port), ("KeyFilePath", keyFilePath), ("Options", options)))
    {
    }

    /// <summary>The name that the caller gave, which alerts and errors carry.</summary>
    public string Name { get; }

    /// <summary>How long connecting may take; null for the usual time.</summary>
    public TimeSpan? ConnectingTimeout { get; }

    /// <summary>The arguments of ssh. It goes by the first value of an option, so that the caller's go before ours.</summary>
    public IReadOnlyList<string> SshArguments =>
        [.. _options, .. DefaultOptions.SelectMany(
            option => (string[])["-o", string.Create(CultureInfo.InvariantCulture, $"{option.Name}={option.Value}")]),
            .. _subsystem is null ? (string[])["-T", "--", _target, .. Program] : ["-s", "--", _target, _subsystem]];

    /// <summary>The command that tries the same connection by hand.</summary>
    public string TryCommand =>
        ShellQuote.Command("ssh", [.. _options, .. _subsystem is null
            ? (string[])[_target, "pwsh", "--version"] : ["-s", _target, _subsystem]]);

    /// <summary>Reads a table as -SSHConnection has it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="resolve">Makes the path of a key file absolute.</param>
    /// <exception cref="FleetOptionException">It names no host, or has an unknown key.</exception>
    public static HostConnection FromTable(Hashtable table, Func<string, string> resolve)
    {
        var parameters = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            string key = Canonical($"{entry.Key}");
            parameters[key] = Array.Exists(KnownKeys, known => known.Equals(key, StringComparison.OrdinalIgnoreCase))
                ? entry.Value
                : throw new FleetOptionException($"An SSH connection has no '{SafeText.Escape($"{entry.Key}")}'.",
                    $"Use the keys {string.Join(", ", KnownKeys)}.");
        }

        if (parameters["KeyFilePath"] is { } path)
        {
            parameters["KeyFilePath"] = resolve($"{path}");
        }

        if (parameters["Options"] is not (null or IDictionary))
        {
            throw new FleetOptionException("The Options of an SSH connection are no table.", "Options = @{ ServerAliveInterval = 2 }");
        }

        return parameters["HostName"] is string { Length: > 0 }
            ? new HostConnection(parameters)
            : throw new FleetOptionException("An SSH connection names no host.",
                "-SSHConnection @{ HostName = 'web-01'; UserName = 'root' }");
    }

    // ssh takes what begins with a dash for an option, and some options run commands.
    private static void RequireUsable(string name, object? userName)
    {
        foreach (string part in (string[])[name, name[(name.LastIndexOf('@') + 1)..], $"{userName}"])
        {
            if (part.StartsWith('-'))
            {
                throw new FleetOptionException($"'{SafeText.Escape(part)}' begins with a dash: ssh would take it for an option.",
                    "Give options of ssh with -Options.");
            }

            if (SafeText.Escape(part) != part || part.Any(char.IsWhiteSpace))
            {
                throw new FleetOptionException($"'{SafeText.Escape(part)}' holds characters that no computer or user has in its name.",
                    "Give a name or an address, perhaps with a user and a port: user@host:22");
            }
        }

        if (name.EndsWith('@') || name.Length == 0)
        {
            throw new FleetOptionException($"'{name}' names no computer.",
                "Give a name or an address, perhaps with a user and a port: user@host:22");
        }
    }

    private static TimeSpan Milliseconds(object value) =>
        int.TryParse($"{value}", NumberStyles.Integer, CultureInfo.InvariantCulture, out int milliseconds)
            ? milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds)
            : throw new FleetOptionException("The ConnectingTimeout of an SSH connection is no number.",
                "ConnectingTimeout = 30000 # milliseconds");

    // ssh takes a port for itself, not behind the name. An IPv6 address has brackets where a port follows.
    private static (string Target, string? Port) SplitPort(string name)
    {
        int at = name.LastIndexOf(':');
        bool isPort = at > 0 && ushort.TryParse(name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        string target = isPort && (name[at - 1] == ']' || name.IndexOf(':') == at) ? name[..at] : name;
        return (target.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), target == name
            ? null : name[(at + 1)..]);
    }

    private static string? Text(object? value) => value is null ? null : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Canonical(string key) => key.ToUpperInvariant() switch
    {
        "COMPUTERNAME" => "HostName",
        "IDENTITYFILEPATH" => "KeyFilePath",
        _ => key,
    };

    private static Hashtable Table(params (string Key, object? Value)[] values)
    {
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, object? value) in values)
        {
            if (value is not null)
            {
                table[key] = value;
            }
        }

        return table;
    }
}
