using DropMon.Machine;
using DropMon.Native;

namespace DropMon.Sources;

/// <summary>What checks look at, and what they know from each other.</summary>
internal sealed class PreflightContext(IMachine machine)
{
    /// <summary>Files of the kernel.</summary>
    public IMachine Machine => machine;

    /// <summary>The capabilities in effect.</summary>
    public CapabilitySet Capabilities { get; } = CapabilitySet.Parse(machine.ReadFile("/proc/thread-self/status") ?? "");

    /// <summary>Whether this is the network namespace that the kernel began with.</summary>
    public bool IsFirstNetworkNamespace { get; } = machine.ReadFile(FirstNetworkNamespace.Mark) is not null;

    /// <summary>A setting of the kernel as a number; null where it does not exist.</summary>
    public int? Setting(string path) =>
        int.TryParse(machine.ReadFile(path), System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : null;
}
