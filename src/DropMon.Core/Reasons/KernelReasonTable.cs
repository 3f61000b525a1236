using System.Globalization;

namespace DropMon.Reasons;

/// <summary>A drop reason as the running kernel knows it.</summary>
/// <param name="Name">The kernel's name; the number in decimal where the kernel gives none.</param>
/// <param name="Subsystem">Who defines it.</param>
public readonly record struct KernelReason(string Name, string Subsystem);

/// <summary>
/// Turns the running kernel's reason numbers into names. The numbers differ between kernels, so nothing here is fixed at build
/// time. The high 16 bits tell the subsystem (SKB_DROP_REASON_SUBSYS_MASK, Linux 6.4).
/// </summary>
internal sealed class KernelReasonTable(IReadOnlyDictionary<uint, string> coreNames)
{
    public const string CoreSubsystem = "core";
    private const int SubsystemShift = 16; // SKB_DROP_REASON_SUBSYS_SHIFT

    /// <summary>The subsystem of a reason that the kernel gave by name only, as NET_DM does.</summary>
    public static string SubsystemOf(string name) => CoreSubsystem;

    /// <summary>Names the reason; a number that the kernel does not name stays a number.</summary>
    public KernelReason Find(uint number)
    {
        uint subsystem = number >> SubsystemShift;
        if (subsystem == 0)
        {
            return new KernelReason(coreNames.TryGetValue(number, out string? name) ? name : number.ToString(CultureInfo.InvariantCulture), CoreSubsystem);
        }

        return new KernelReason("0x" + number.ToString("x", CultureInfo.InvariantCulture), "subsystem " + subsystem.ToString(CultureInfo.InvariantCulture));
    }
}
