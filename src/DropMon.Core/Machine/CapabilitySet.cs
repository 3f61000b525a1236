using System.Globalization;

namespace DropMon.Machine;

/// <summary>The capabilities that DropMon has a use for (include/uapi/linux/capability.h), by their bits.</summary>
internal enum Capability
{
    DacOverride = 1, // CAP_DAC_OVERRIDE
    DacReadSearch = 2, // CAP_DAC_READ_SEARCH
    NetAdmin = 12, // CAP_NET_ADMIN
    IpcLock = 14, // CAP_IPC_LOCK
    SysAdmin = 21, // CAP_SYS_ADMIN
    Syslog = 34, // CAP_SYSLOG
    PerfMon = 38, // CAP_PERFMON, Linux 5.8
    Bpf = 39, // CAP_BPF, Linux 5.8
}

/// <summary>The effective capabilities of a process (CapEff in /proc/pid/status).</summary>
internal readonly record struct CapabilitySet(ulong Bits)
{
    private const string EffectiveLine = "CapEff:";

    private static readonly (Capability Capability, string Name)[] Names =
    [
        (Capability.NetAdmin, "CAP_NET_ADMIN"),
        (Capability.SysAdmin, "CAP_SYS_ADMIN"),
        (Capability.PerfMon, "CAP_PERFMON"),
        (Capability.Bpf, "CAP_BPF"),
        (Capability.Syslog, "CAP_SYSLOG"),
        (Capability.DacReadSearch, "CAP_DAC_READ_SEARCH"),
        (Capability.DacOverride, "CAP_DAC_OVERRIDE"),
        (Capability.IpcLock, "CAP_IPC_LOCK"),
    ];

    public bool Has(Capability capability) => (Bits & (1UL << (int)capability)) != 0;

    /// <summary>The names of those of use that are there.</summary>
    public IEnumerable<string> Held => NamesWhere(Has);

    /// <summary>The names of those of use that are missing.</summary>
    public IEnumerable<string> Missing
    {
        get
        {
            CapabilitySet self = this;
            return NamesWhere(capability => !self.Has(capability));
        }
    }

    /// <summary>Reads a status file; none at all where it does not tell.</summary>
    public static CapabilitySet Parse(string status)
    {
        foreach (string line in status.Split('\n'))
        {
            if (line.StartsWith(EffectiveLine, StringComparison.Ordinal)
                && ulong.TryParse(
                    line.AsSpan(EffectiveLine.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits))
            {
                return new CapabilitySet(bits);
            }
        }

        return default;
    }

    private static IEnumerable<string> NamesWhere(Func<Capability, bool> wanted) =>
        Names.Where(entry => wanted(entry.Capability)).Select(entry => entry.Name);
}
