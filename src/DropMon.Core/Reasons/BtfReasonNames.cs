using DropMon.Kernel.Btf;

namespace DropMon.Reasons;

/// <summary>
/// The names of reason numbers as the kernel's enumerations give them: <c>enum skb_drop_reason</c> for the core,
/// <c>enum skb_drop_reason_subsys</c> for the subsystems' names, and each subsystem's own <c>enum *_drop_reason</c>.
/// </summary>
internal sealed class BtfReasonNames
{
    private const string EnumTagPart = "drop_reason";
    private const string CoreEnum = "skb_drop_reason";
    private const string SubsystemEnum = "skb_drop_reason_subsys";
    private const string CorePrefix = "SKB_DROP_REASON_";
    private const string SubsystemPrefix = "SKB_DROP_REASON_SUBSYS_";
    private const string UntypedPrefix = "___"; // mac80211 has each reason twice, and one of them only so (___RX_DROP_UNUSABLE)
    private const int SubsystemShift = 16; // SKB_DROP_REASON_SUBSYS_SHIFT

    private readonly Dictionary<uint, KernelReason> _reasons = [];
    private readonly Dictionary<uint, string> _subsystems = [];

    private BtfReasonNames(IReadOnlyList<BtfEnum> enums)
    {
        foreach (BtfEnum subsystems in enums.Where(e => e.Name == SubsystemEnum))
        {
            AddSubsystems(subsystems);
        }

        foreach (BtfEnum core in enums.Where(e => e.Name == CoreEnum))
        {
            AddCore(core);
        }

        var ambiguous = new HashSet<uint>();
        foreach (BtfEnum reasons in enums.Where(e => e.Name != CoreEnum && e.Name.EndsWith("_" + EnumTagPart, StringComparison.Ordinal)))
        {
            AddSubsystemReasons(reasons, ambiguous);
        }

        // Two enumerations that disagree: no name is better than the wrong one.
        foreach (uint number in ambiguous)
        {
            _reasons.Remove(number);
        }
    }

    /// <summary>Every named reason by its number; empty on kernels without reasons or without BTF.</summary>
    public IReadOnlyDictionary<uint, KernelReason> Reasons => _reasons;

    public static BtfReasonNames Read(KernelBtf btf) => new(btf.FindEnums("drop_reason"u8));

    public static BtfReasonNames From(IReadOnlyList<BtfEnum> enums) => new(enums);

    /// <summary>The subsystem's name by the high 16 bits of a reason; null where this kernel has none such.</summary>
    public string? Subsystem(uint number) => _subsystems.GetValueOrDefault(number);

    /// <summary>Finds a reason by its name; null where none has it, or reasons of several subsystems have.</summary>
    public KernelReason? Find(string name)
    {
        KernelReason[] found = [.. _reasons.Values.Where(reason => reason.Name == name)];
        return found.Length == 1 ? found[0] : null;
    }

    private void AddSubsystems(BtfEnum subsystems)
    {
        foreach (BtfEnumerator value in subsystems.Values)
        {
            // SKB_DROP_REASON_SUBSYS_NUM ends the enumeration.
            if (value.Name.StartsWith(SubsystemPrefix, StringComparison.Ordinal) && value.Name != SubsystemPrefix + "NUM")
            {
                _subsystems[value.Value] = value.Name[SubsystemPrefix.Length..].ToLowerInvariant();
            }
        }
    }

    private void AddCore(BtfEnum core)
    {
        foreach (BtfEnumerator value in core.Values)
        {
            // No packet is dropped for SKB_DROP_REASON_MAX, nor for SKB_DROP_REASON_SUBSYS_MASK; the two constants before the reasons lack
            // the prefix.
            if (value.Name.StartsWith(CorePrefix, StringComparison.Ordinal)
                && value.Name != CorePrefix + "MAX"
                && value.Value >> SubsystemShift == 0)
            {
                _reasons[value.Value] = new KernelReason(value.Name[CorePrefix.Length..], KernelReasonTable.CoreSubsystem);
            }
        }
    }

    private void AddSubsystemReasons(BtfEnum reasons, HashSet<uint> ambiguous)
    {
        uint last = reasons.Values.Count == 0 ? 0 : reasons.Values.Max(value => value.Value);
        foreach (BtfEnumerator value in reasons.Values)
        {
            uint subsystem = value.Value >> SubsystemShift;
            // Two underscores mark the enumeration's start (__OVS_DROP_REASON), _MAX its end.
            string reason = value.Name.StartsWith(UntypedPrefix, StringComparison.Ordinal)
                ? value.Name[UntypedPrefix.Length..]
                : value.Name;
            if (subsystem == 0
                || !_subsystems.TryGetValue(subsystem, out string? name)
                || reason.StartsWith('_')
                || (value.Value == last && reason.EndsWith("_MAX", StringComparison.Ordinal)))
            {
                continue;
            }

            if (!_reasons.TryAdd(value.Value, new KernelReason(reason, name)) && _reasons[value.Value].Name != reason)
            {
                ambiguous.Add(value.Value);
            }
        }
    }
}
