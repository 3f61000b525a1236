using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Counters;

/// <summary>A machine whose /proc/net is what a real kernel showed.</summary>
internal static class GoldenMachine
{
    public static readonly string[] Kernels = ["5.10", "6.1", "6.12", "6.18", "7.2"];

    public static FakeMachine Of(string kernel)
    {
        var machine = new FakeMachine();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Golden", "Counters", kernel)))
        {
            string name = Path.GetFileName(file)
                .Replace("stat_arp", "stat/arp", StringComparison.Ordinal)
                .Replace("stat_n", "stat/n", StringComparison.Ordinal)
                .Replace("sctp_", "sctp/", StringComparison.Ordinal);
            machine.File($"{ProcNet.Folder}/{name}", File.ReadAllText(file));
        }

        return machine;
    }

    /// <summary>The sources that read files.</summary>
    public static IEnumerable<IDropCounterSource> Sources(string kernel)
    {
        FakeMachine machine = Of(kernel);
        yield return new MibTableSource(machine, "snmp");
        yield return new MibTableSource(machine, "netstat");
        yield return new MibListSource(machine, "snmp6", isOptional: true);
        yield return new MibListSource(machine, "xfrm_stat", isOptional: true);
        yield return new MibListSource(machine, "sctp/snmp", isOptional: true);
        yield return new SoftnetSource(machine);
        yield return new FragmentQueueSource(machine);
    }
}
