using System.Collections;
using System.Management.Automation;
using DropMon.Fleet;

namespace DropMon.Commands;

/// <summary>
/// The parameters by which a cmdlet runs on other computers. They are dynamic: an object of dynamic parameters is the one way by which
/// PowerShell composes parameters. Static ones would need a second base of cmdlets, or eight properties in each of four cmdlets.
/// </summary>
public sealed class FleetParameters
{
    /// <summary>The parameter set of -HostName.</summary>
    internal const string HostNameSet = "HostName";

    /// <summary>The parameter set of -SSHConnection.</summary>
    internal const string ConnectionSet = "SSHConnection";

    /// <summary>
    /// The computers to run on, over SSH: names or addresses, each perhaps with a user and a port, as in <c>user@host:22</c>.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = HostNameSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[] HostName { get; set; } = [];

    /// <summary>The user to be there.</summary>
    [Parameter(ParameterSetName = HostNameSet)]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The port of the SSH servers.</summary>
    [Parameter(ParameterSetName = HostNameSet)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The file of the private key.</summary>
    [Parameter(ParameterSetName = HostNameSet)]
    [Alias("IdentityFilePath")]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>Options of ssh by their names in ssh_config(5).</summary>
    [Parameter(ParameterSetName = HostNameSet)]
    public Hashtable? Options { get; set; }

    /// <summary>A connection each, with the keys HostName, UserName, Port, KeyFilePath, Options, ConnectingTimeout, Subsystem.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectionSet)]
    [ValidateNotNullOrEmpty]
    public Hashtable[] SSHConnection { get; set; } = [];

    /// <summary>How many computers to run on at the same time.</summary>
    [Parameter(ParameterSetName = HostNameSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Copies this module to where it is missing, and removes it again at the end.</summary>
    [Parameter(ParameterSetName = HostNameSet)]
    [Parameter(ParameterSetName = ConnectionSet)]
    public SwitchParameter CopyModule { get; set; }

    /// <summary>Whether the cmdlet is to run elsewhere.</summary>
    internal bool IsGiven => HostName.Length > 0 || SSHConnection.Length > 0;

    /// <summary>The names of the parameters, which are not for the far side.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        [nameof(HostName), nameof(UserName), nameof(Port), nameof(KeyFilePath), nameof(Options), nameof(SSHConnection),
            nameof(ThrottleLimit), nameof(CopyModule)];

    /// <summary>The computers.</summary>
    /// <param name="resolve">Makes the path of a key file absolute.</param>
    /// <exception cref="FleetOptionException">A connection has no host, or an unknown key.</exception>
    internal IReadOnlyList<HostConnection> Hosts(Func<string, string> resolve)
    {
        string? keyFile = KeyFilePath is null ? null : resolve(KeyFilePath);
        return
        [
            .. HostName.Select(name => new HostConnection(name, UserName, Port, keyFile, Options)),
            .. SSHConnection.Select(table => HostConnection.FromTable(table, resolve)),
        ];
    }
}
