using System.Collections;
using System.Globalization;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>How to reach one computer by SSH.</summary>
internal sealed class HostConnection
{
    private static readonly string[] KnownKeys = ["HostName", "UserName", "Port", "KeyFilePath", "Subsystem", "ConnectingTimeout", "Options"];

    // A host that is cut off is found out after a few unanswered questions (3 times 5 seconds); a host that does not answer, after 15 seconds.
    private static readonly (string Name, int Value)[] DefaultOptions = [("ServerAliveInterval", 5), ("ServerAliveCountMax", 3), ("ConnectTimeout", 15)];

    private HostConnection(Hashtable parameters)
    {
        Parameters = parameters;
        Parameters["Options"] = WithDefaults(parameters["Options"] as IDictionary);
        Name = (string)parameters["HostName"]!;
        RequireUsable(Name, parameters["UserName"]);
    }

    public HostConnection(string hostName, string? userName, int? port, string? keyFilePath, Hashtable? options)
        : this(Table(("HostName", hostName), ("UserName", userName), ("Port", port), ("KeyFilePath", keyFilePath), ("Options", options)))
    {
    }

    /// <summary>The name that the caller gave, by which alerts and errors are told apart.</summary>
    public string Name { get; }

    /// <summary>The parameters of New-PSSession.</summary>
    public Hashtable Parameters { get; }

    /// <summary>The command that tries the same connection by hand.</summary>
    public string TryCommand
    {
        get
        {
            var arguments = new List<string>();
            (string host, string? port) = SplitPort((string)Parameters["HostName"]!);
            Add("-p", Parameters["Port"] ?? port);
            Add("-i", Parameters["KeyFilePath"]);
            Add("-l", Parameters["UserName"]);
            foreach (DictionaryEntry option in (Hashtable)Parameters["Options"]!)
            {
                if (!Array.Exists(DefaultOptions, known => known.Name == (string)option.Key))
                {
                    Add("-o", string.Create(CultureInfo.InvariantCulture, $"{option.Key}={option.Value}"));
                }
            }

            // Behind -- ssh takes no name for an option.
            arguments.AddRange(host.StartsWith('-') ? ["-s", "--", host] : [host, "-s"]);
            Add(null, Parameters["Subsystem"] ?? "powershell");
            return ShellQuote.Command("ssh", arguments);

            void Add(string? option, object? value)
            {
                if (option is not null && value is not null)
                {
                    arguments.Add(option);
                }

                if (value is not null)
                {
                    arguments.Add(string.Create(CultureInfo.InvariantCulture, $"{value}"));
                }
            }
        }
    }

    /// <summary>Reads a table as -SSHConnection has it.</summary>
    /// <exception cref="FleetOptionException">It names no host, or has a key that nobody knows.</exception>
    public static HostConnection FromTable(Hashtable table)
    {
        var parameters = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            string key = Canonical($"{entry.Key}");
            parameters[key] = Array.Exists(KnownKeys, known => known.Equals(key, StringComparison.OrdinalIgnoreCase))
                ? entry.Value
                : throw new FleetOptionException($"An SSH connection has no '{entry.Key}'.", $"Use the keys {string.Join(", ", KnownKeys)}.");
        }

        return parameters["HostName"] is string { Length: > 0 }
            ? new HostConnection(parameters)
            : throw new FleetOptionException("An SSH connection names no host.", "-SSHConnection @{ HostName = 'web-01'; UserName = 'root' }");
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
            throw new FleetOptionException($"'{name}' names no computer.", "Give a name or an address, perhaps with a user and a port: user@host:22");
        }
    }

    // New-PSSession takes host:port, and ssh does not.
    private static (string Host, string? Port) SplitPort(string name) =>
        name.Split(':') is [var host, var port] && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? (host, port) : (name, null);

    private static string Canonical(string key) => key.ToUpperInvariant() switch
    {
        "COMPUTERNAME" => "HostName",
        "IDENTITYFILEPATH" => "KeyFilePath",
        _ => key,
    };

    private static Hashtable WithDefaults(IDictionary? given)
    {
        var options = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, int value) in DefaultOptions)
        {
            options[name] = value;
        }

        foreach (DictionaryEntry option in given ?? options)
        {
            if (given is not null)
            {
                options[$"{option.Key}"] = option.Value;
            }
        }

        return options;
    }

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
