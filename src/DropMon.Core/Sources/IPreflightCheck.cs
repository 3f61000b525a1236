using DropMon.Monitoring.Preflight;

namespace DropMon.Sources;

/// <summary>Looks at one thing that DropMon needs. Changes nothing that outlives it.</summary>
internal interface IPreflightCheck
{
    /// <summary>The check's name.</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    PreflightResult Run(PreflightContext context);
}
