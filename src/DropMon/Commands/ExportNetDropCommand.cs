using System.Management.Automation;
using DropMon.Files;
using DropMon.Input;
using DropMon.Output;

namespace DropMon.Commands;

/// <summary>Writes alerts to a file: pcapng for Wireshark, or JSON Lines.</summary>
[Cmdlet(VerbsData.Export, "NetDrop", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(DropAlert))]
public sealed class ExportNetDropCommand : PSCmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly AlertInput _alerts = new();
    private readonly CancellationTokenSource _stop = new();
    private AlertWriter? _writer;

    /// <summary>The file. Wildcards may stand for one that exists.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The file, its name taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>The alerts, live or as another session or program wrote them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The format. Without it the extension tells: .pcapng, or .jsonl, .ndjson and .json.</summary>
    [Parameter]
    [ValidateSet(nameof(AlertFileFormat.Auto), nameof(AlertFileFormat.Pcapng), nameof(AlertFileFormat.JsonLines))]
    public AlertFileFormat Format { get; set; }

    /// <summary>Goes on behind what is in the file.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Refuses a file that exists.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Writes a file that is marked as read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands the alerts on down the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Closes the file when Ctrl+C or an error ended the pipeline; what was written stays, and where nothing was, what there was before.
    /// </summary>
    public void Dispose()
    {
        try
        {
            Take()?.Abandon();
        }
        catch (Exception error) when (error is CaptureException or OperationCanceledException)
        {
            // The pipeline has ended, and no one is left to report to. The file is whole as far as it goes.
        }

        _stop.Dispose();
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        string path = this.ResolveOutputPath(literal ? LiteralPath : Path, literal);
        if (!ShouldProcess(path, Append ? "Append alerts" : "Write alerts"))
        {
            return;
        }

        try
        {
            if (Force)
            {
                MakeWritable(path);
            }

            _writer = AlertFile.OpenWriteInterruptible(
                path, new AlertWriteOptions { Format = Format, Append = Append, NoClobber = NoClobber && !Append }, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (CaptureException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(path));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_alerts.Read(this, InputObject) is not { } alert)
        {
            return;
        }

        try
        {
            _writer?.Write(alert);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (CaptureException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(error.Path));
        }

        if (PassThru)
        {
            WriteObject(alert);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            Take()?.Dispose();
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (CaptureException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(error.Path));
        }
    }

    private static void MakeWritable(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.CreateFailed(path, error);
        }
    }

    private AlertWriter? Take()
    {
        AlertWriter? writer = _writer;
        _writer = null;
        return writer;
    }
}
