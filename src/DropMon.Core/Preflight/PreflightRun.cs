using DropMon.Machine;
using DropMon.Monitoring.Preflight;
using DropMon.Preflight.Checks;
using DropMon.Sources;

namespace DropMon.Preflight;

/// <summary>Looks at all that DropMon needs, and proves by a drop of its own that it would see one.</summary>
internal static class PreflightRun
{
    // Emulated and overloaded machines take their time; on others the drop is there in milliseconds.
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    /// <summary>Runs every check. Each source is used for a moment, and the kernel is left as it was found.</summary>
    /// <param name="onResult">Called with each result as it comes; null for none.</param>
    /// <param name="patience">How long to wait for a control drop; null for twenty seconds.</param>
    public static PreflightReport Run(Action<PreflightResult>? onResult = null, TimeSpan? patience = null) =>
        Run(SourceCatalog.Default, onResult, patience);

    internal static PreflightReport Run(SourceCatalog catalog, Action<PreflightResult>? onResult = null, TimeSpan? patience = null) =>
        Run(catalog, new PreflightContext(new LocalMachine()), onResult, patience ?? DefaultPatience);

    internal static PreflightReport Run(
        SourceCatalog catalog, PreflightContext context, Action<PreflightResult>? onResult, TimeSpan patience)
    {
        ControlDropCheck[] controls = [.. catalog.Sources.Select(source => new ControlDropCheck(source, patience))];
        var results = new List<PreflightResult>();
        foreach (IPreflightCheck check in (IPreflightCheck[])[.. Conditions(catalog), .. controls])
        {
            PreflightResult result = RunOne(check, context);
            results.Add(result);
            onResult?.Invoke(result);
        }

        // Monitoring takes the first that opens: what that one does not see is not seen.
        ControlDropCheck? used = Array.Find(controls, control => control.IsOpen);
        return new PreflightReport(
            results,
            used?.Source.Name,
            used is { IsSeen: true },
            used is null
                ? new NoSourceException(
                    [
                        .. controls.Where(control => control.OpenError is not null)
                            .Select(control => new SourceFailure(control.Source, control.OpenError!))
                    ])
                : null);
    }

    private static IPreflightCheck[] Conditions(SourceCatalog catalog) =>
    [
        new CapabilitiesCheck(catalog), .. catalog.Sources.SelectMany(source => source.CreateChecks()), new KernelSymbolsCheck(),
        new SourceLinesCheck(), new BtfCheck(),
    ];

    // A check that cannot even look is a finding, and no reason to keep back the others.
    private static PreflightResult RunOne(IPreflightCheck check, PreflightContext context)
    {
        try
        {
            return check.Run(context);
        }
        catch (DropMonException error)
        {
            return new PreflightResult(check.Name, PreflightStatus.Failed, error.Message, error.Remedy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PreflightResult(check.Name, PreflightStatus.Failed, error.Message);
        }
    }
}
