using System.Management.Automation;
using DropMon.Kernel.Symbols;
using DropMon.Output;

namespace DropMon.Commands;

/// <summary>Resolves places in the running kernel, from a log or another tool, to function, source file and line.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "NetDropLocation")]
[OutputType(typeof(KernelLocation))]
public sealed class ResolveNetDropLocationCommand : PSCmdlet
{
    private LocationResolver? _resolver;

    /// <summary>Addresses, functions with offsets, or lines of text that have one in them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public string[] Location { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _resolver = LocationResolver.OfThisMachine();
        if (_resolver.Describe() is { IsAvailable: false } support)
        {
            WriteVerbose(CmdletText.Of($"Source lines are unavailable: {support.Status} Fix: {support.Remedy}"));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string place in Location)
        {
            try
            {
                WriteObject(_resolver!.Resolve(place), enumerateCollection: true);
            }
            catch (LocationException error)
            {
                WriteError(error.ToErrorRecord(place));
            }
        }
    }
}
