namespace DropMon.Kernel.Symbols;

/// <summary>Addresses that the kernel hides: the message and the fix.</summary>
internal static class KernelAddresses
{
    /// <summary>1: processes with CAP_SYSLOG see addresses; 2: none does.</summary>
    public const string Remedy = "sysctl kernel.kptr_restrict=1, and run as root or with CAP_SYSLOG";

    /// <summary>The note of a monitor whose kernel hides addresses from it.</summary>
    public const string HiddenNote =
        "The kernel hides its addresses from this process (kernel.kptr_restrict): functions are named only where the kernel names them " +
        $"itself, and source lines are unavailable. Fix: {Remedy}.";
}
