using System.Management.Automation;
using DropMon.Input;

namespace DropMon.Commands;

/// <summary>Reads alerts from files: pcapng and JSON Lines, and captures of netlink messages.</summary>
[Cmdlet(VerbsData.Import, "NetDrop", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DropAlert))]
public sealed class ImportNetDropCommand : PSCmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly CancellationTokenSource _stop = new();

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The files, their names taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (DropAlert alert in
            this.ReadAlerts(this.ResolveInputPaths(Path.Concat(LiteralPath), ParameterSetName == LiteralPathSet), _stop.Token))
        {
            WriteObject(alert);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
