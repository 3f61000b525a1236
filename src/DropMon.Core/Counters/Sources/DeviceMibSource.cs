using DropMon.Machine;

namespace DropMon.Counters.Sources;

/// <summary>/proc/net/dev_snmp6: the counters of snmp6 for each interface.</summary>
internal sealed class DeviceMibSource(IMachine machine) : IDropCounterSource
{
    private const string Folder = ProcNet.Folder + "/dev_snmp6";

    public string Name => "/proc/net/dev_snmp6";

    // A kernel without IPv6 has no such folder; snmp6 itself says so.
    public IEnumerable<CounterReading> Read()
    {
        foreach (string file in machine.ListDirectory(Folder))
        {
            // An interface may go while its file is read.
            string[] lines = ProcNet.TryReadLines(machine, $"{Folder}/{file}") ?? [];
            string interfaceName = SafeText.Escape(file);
            foreach (CounterReading reading in MibListSource.Parse(lines, $"{Name}/{interfaceName}"))
            {
                yield return reading with { InterfaceName = interfaceName };
            }
        }
    }
}
