using DropMon.Machine;
using DropMon.Monitoring.Preflight;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Preflight.Checks;

/// <summary>Which of the capabilities that DropMon has a use for are in effect.</summary>
internal sealed class CapabilitiesCheck(SourceCatalog catalog) : IPreflightCheck
{
    private const string WholeUserMap = "4294967295";

    public string Name => "Capabilities";

    public PreflightResult Run(PreflightContext context)
    {
        CapabilitySet held = context.Capabilities;
        string missing = string.Join(", ", held.Missing);
        string have = string.Join(", ", held.Held);
        if (have.Length > 0 && IsUserNamespace(context))
        {
            return new PreflightResult(Name, PreflightStatus.Warning,
                $"In effect, but only within a user namespace: {have}. The kernel's sources of drops require them outside of it.",
                "Run outside of the user namespace: a rootful container with --privileged, or on the host.");
        }

        int usable = catalog.Sources.Count(source => source.IsAllowedTo(held));
        return missing.Length == 0
            ? new PreflightResult(Name, PreflightStatus.Passed, $"In effect: {have}.")
            : new PreflightResult(
                Name, usable == catalog.Sources.Count
                    ? PreflightStatus.Passed
                    : usable > 0 ? PreflightStatus.Warning
                    : PreflightStatus.Failed,
                $"In effect: {(have.Length == 0 ? "none" : have)}. Missing: {missing}.",
                $"Run as root: sudo {CommandId.Program}. docs/privileges.md lists which feature needs which.");
    }

    // The first user namespace maps every number to itself.
    private static bool IsUserNamespace(PreflightContext context) =>
        context.Machine.ReadFile("/proc/self/uid_map") is { } map
        && map.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries) is not ["0", "0", WholeUserMap];
}
