using System.Globalization;
using DropMon.Kernel.Btf;

namespace DropMon.Reasons;

/// <summary>A drop reason as the running kernel knows it.</summary>
/// <param name="Name">The kernel's name; the number where the kernel gives none.</param>
/// <param name="Subsystem">Who defines it.</param>
internal readonly record struct KernelReason(string Name, string Subsystem);

/// <summary>
/// Turns the running kernel's reason numbers into names. The numbers differ between kernels, so nothing here is fixed at build
/// time. The high 16 bits tell the subsystem (SKB_DROP_REASON_SUBSYS_MASK, Linux 6.4). For one thread.
/// </summary>
/// <param name="coreNames">The names that the tracepoint's format file gives: those of the core, on some kernels not all.</param>
/// <param name="btf">Asked for what that lacks, which takes milliseconds; null for a kernel that is not this machine's.</param>
internal sealed class KernelReasonTable(IReadOnlyDictionary<uint, string> coreNames, KernelBtf? btf = null)
{
    public const string CoreSubsystem = "core";
    private const int SubsystemShift = 16; // SKB_DROP_REASON_SUBSYS_SHIFT
    internal const string EndMarker = "MAX"; // SKB_DROP_REASON_MAX, which some kernels print as if it were a reason

    private BtfReasonNames? _names;
    private IReadOnlySet<string>? _modules;

    /// <summary>Names the reason; a number that the kernel does not name stays a number.</summary>
    public KernelReason Find(uint number)
    {
        uint subsystem = number >> SubsystemShift;
        if (subsystem == 0 && coreNames.TryGetValue(number, out string? name) && name != EndMarker)
        {
            return new KernelReason(name, CoreSubsystem);
        }

        if (TryFindInBtf(names => names.Reasons.TryGetValue(number, out KernelReason found) ? found : (KernelReason?)null) is { } reason)
        {
            return reason;
        }

        return subsystem == 0
            ? new KernelReason(number.ToString(CultureInfo.InvariantCulture), CoreSubsystem)
            : new KernelReason(
                "0x" + number.ToString("x", CultureInfo.InvariantCulture),
                _names?.Subsystem(subsystem) ?? "subsystem " + subsystem.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Tells who defines a reason that the kernel gave by name only, as NET_DM does.</summary>
    public KernelReason Find(string name) =>
        DropKnowledge.Embedded.SubsystemOf(name) is { } subsystem
            ? new KernelReason(name, subsystem)
            : TryFindInBtf(names => names.Find(name)) ?? new KernelReason(name, CoreSubsystem);

    /// <summary>Whether the running kernel has a core reason of that name; null where its list is not to be read.</summary>
    public bool? Has(string name) =>
        coreNames.Values.Contains(name) || ListInBtf()?.Find(name) is not null ? true : GivesReasons() is null ? null : false;

    /// <summary>Whether the running kernel gives reasons (Linux 5.17); null where that is not to be learned.</summary>
    public bool? GivesReasons() => coreNames.Count > 0 || ListInBtf()?.Reasons.Count > 0 ? true : btf?.Modules() is null ? null : false;

    /// <summary>The names of all numbers that <see cref="Find(uint)"/> names now; a module that is loaded later may add some.</summary>
    public IReadOnlyDictionary<uint, string> ReadKnown()
    {
        var known = (ListInBtf()?.Reasons ?? new Dictionary<uint, KernelReason>()).ToDictionary(
            reason => reason.Key, reason => reason.Value.Name);
        foreach ((uint number, string name) in coreNames)
        {
            if (name != EndMarker && number >> SubsystemShift == 0)
            {
                known[number] = name;
            }
        }

        return known;
    }

    private BtfReasonNames? ListInBtf() => _names ??= btf is null ? null : BtfReasonNames.Read(btf);

    // A module's reasons are there from before it drops its first packet: only a module loaded since can have what was not found.
    private KernelReason? TryFindInBtf(Func<BtfReasonNames, KernelReason?> find)
    {
        if (btf is null)
        {
            return null;
        }

        if (_names is not null && find(_names) is { } known)
        {
            return known;
        }

        IReadOnlySet<string> modules = btf.Modules() ?? new HashSet<string>();
        if (_modules is not null && modules.SetEquals(_modules))
        {
            return null;
        }

        _modules = modules;
        _names = BtfReasonNames.Read(btf);
        return find(_names);
    }
}
