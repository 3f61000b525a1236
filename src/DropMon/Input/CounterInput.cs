using System.Management.Automation;
using System.Net;
using DropMon.Commands;
using DropMon.Counters;
using DropMon.Output;
using DropMon.Reasons;
using DropMon.Serialization;

namespace DropMon.Input;

/// <summary>
/// Takes counters as parameters bring them: live ones as they are; those that remoting, Import-Clixml or ConvertFrom-Json made property
/// bags of, rebuilt.
/// </summary>
internal static class CounterInput
{
    private const string Remedy = "Pass what Get-NetDropCounter returned, or the same objects from Import-Clixml, ConvertFrom-Json or "
        + "another session.";

    /// <summary>The counters; what is none is an error on the cmdlet.</summary>
    public static IEnumerable<DropCounter> ReadCounters(this Cmdlet cmdlet, IEnumerable<PSObject?>? inputs)
    {
        foreach (PSObject? input in inputs ?? [])
        {
            if (input is null)
            {
                continue;
            }

            if ((input.BaseObject as DropCounter ?? cmdlet.Rebuild(input, Rebuild)) is { } counter)
            {
                yield return counter;
            }
            else
            {
                cmdlet.WriteError(new InputException($"'{input}' is not a counter: it lacks Name, Value or Timestamp, or its Socket is "
                    + "text.", Remedy).ToErrorRecord(input));
            }
        }
    }

    private static DropCounter? Rebuild(PSObject input)
    {
        var bag = new PropertyBag(input);
        if (bag.Text(nameof(DropCounter.Name))?.Split('.', 2) is not [var group, var name]
            || bag.Number(nameof(DropCounter.Value)) is not { } value
            || bag.Time(nameof(DropCounter.Timestamp)) is not { } time)
        {
            return null;
        }

        PropertyBag? socket = bag.Item(nameof(DropCounter.Socket));
        if (socket is null && bag.Text(nameof(DropCounter.Socket)) is not null)
        {
            // As Export-Csv writes it: the socket can no longer be identified.
            return null;
        }

        var counter = new CounterName(group, name);
        var reading = new CounterReading(counter, value)
        {
            Class = bag.Enumeration<DropClass>(nameof(DropCounter.Class)),
            InterfaceName = bag.Text(nameof(DropCounter.InterfaceName)),
            Queue = bag.Text(nameof(DropCounter.Queue)),
            Cpu = bag.Small(nameof(DropCounter.Cpu)),
            Socket = socket is null ? null : RebuildSocket(socket),
            Instance = bag.Text(nameof(DropCounter.Instance)),
        };
        return new DropCounter(time, bag.Text(nameof(DropCounter.Source)) ?? "", reading, CounterKnowledge.Embedded.Describe(counter))
        {
            ComputerName = bag.Text(nameof(DropCounter.ComputerName)) ?? bag.Text("PSComputerName"),
        };
    }

    private static DropCounterSocket RebuildSocket(PropertyBag bag) => new()
    {
        Protocol = bag.Text(nameof(DropCounterSocket.Protocol)) ?? "",
        LocalAddress = IPAddress.TryParse(bag.Text(nameof(DropCounterSocket.LocalAddress)), out IPAddress? address) ? address : null,
        LocalPort = bag.Short(nameof(DropCounterSocket.LocalPort)) ?? 0,
        PortId = bag.Number(nameof(DropCounterSocket.PortId)),
        Inode = bag.Unsigned(nameof(DropCounterSocket.Inode)) ?? 0,
        ReceiveQueue = bag.Number(nameof(DropCounterSocket.ReceiveQueue)),
        ReceiveQueueLimit = bag.Number(nameof(DropCounterSocket.ReceiveQueueLimit)),
        ProcessId = bag.Small(nameof(DropCounterSocket.ProcessId)),
        ProcessName = bag.Text(nameof(DropCounterSocket.ProcessName)),
    };
}
