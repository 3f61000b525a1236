using System.Management.Automation;
using DropMon.Filters;
using DropMon.Monitoring;
using DropMon.Output;
using DropMon.Parameters;
using DropMon.Pipeline;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Commands;

/// <summary>
/// The parameters that say where drops are reported from, and which of them are wanted. This is the only base of cmdlets: PowerShell finds
/// static parameters on a cmdlet's own class and its bases, and nowhere else. What a cmdlet does with them is composed of collaborators.
/// </summary>
public abstract class DropCommand : PSCmdlet, IDisposable
{
    private static readonly string[] SourceOptions = [
        nameof(Source), nameof(Mode), nameof(Hardware), nameof(StackTrace), nameof(TruncationLength), nameof(QueueLength), nameof(Force)];

    private readonly List<IPipelineWork> _works = [];

    /// <summary>For the cmdlets of this module.</summary>
    private protected DropCommand()
    {
    }

    /// <summary>The source of drops.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string Source { get; set; } = DropSourceName.Auto;

    /// <summary>Every packet, or counts per place each second; for the drop monitor.</summary>
    [Parameter]
    public DropAlertMode Mode { get; set; } = DropAlertMode.Packet;

    /// <summary>Also drops that devices report; for the drop monitor.</summary>
    [Parameter]
    public SwitchParameter Hardware { get; set; }

    /// <summary>Records the kernel stack of each drop; with the eBPF source and the tracepoint.</summary>
    [Parameter]
    public SwitchParameter StackTrace { get; set; }

    /// <summary>Bytes of each packet to report, 0 for all; for the drop monitor.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int TruncationLength { get; set; } = new DropMonitorOptions().TruncationLength;

    /// <summary>Alerts that each CPU may queue in the kernel; for the drop monitor.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int QueueLength { get; set; } = new DropMonitorOptions().QueueLength;

    /// <summary>Takes over a drop monitor that another process enabled.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Only drops for these reasons.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ReasonCompleter))]
    [NamePattern]
    public string[]? Reason { get; set; }

    /// <summary>Only drops in these functions of the kernel.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    [NamePattern]
    public string[]? Function { get; set; }

    /// <summary>Only drops of these classes.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClassCompleter))]
    [ClassPattern]
    public string[]? Class { get; set; }

    /// <summary>Only packets that came in by these interfaces.</summary>
    [Parameter]
    [Alias("Interface")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    [NamePattern]
    public string[]? InterfaceName { get; set; }

    /// <summary>Only packets of these protocols.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    [NamePattern]
    public string[]? Protocol { get; set; }

    /// <summary>Only packets from or to these addresses or networks.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[]? Address { get; set; }

    /// <summary>Only packets from these addresses or networks.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[]? SourceAddress { get; set; }

    /// <summary>Only packets to these addresses or networks.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AddressCompleter))]
    public string[]? DestinationAddress { get; set; }

    /// <summary>Only packets from or to these ports or ranges of ports; -Port is that of ssh.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[]? PacketPort { get; set; }

    /// <summary>Only packets from these ports or ranges of ports.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[]? SourcePort { get; set; }

    /// <summary>Only packets to these ports or ranges of ports.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[]? DestinationPort { get; set; }

    /// <summary>Only drops in these network namespaces, by name or inode number.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkNamespaceCompleter))]
    public string[]? NetworkNamespace { get; set; }

    /// <summary>Only drops in the context of these processes.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProcessNameCompleter))]
    [NamePattern]
    public string[]? ProcessName { get; set; }

    /// <summary>Only packets of sockets in these systemd units.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UnitCompleter))]
    [NamePattern]
    public string[]? Unit { get; set; }

    /// <summary>Only packets of these containers.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [NamePattern]
    public string[]? Container { get; set; }

    /// <summary>Only drops of this significance.</summary>
    [Parameter]
    public DropSignificance[]? Significance { get; set; }

    /// <summary>Stops what runs when an error or Select-Object -First ended the pipeline.</summary>
    public void Dispose()
    {
        _works.ForEach(work => work.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _works.ForEach(work => work.Cancel());

    /// <summary>Takes over the end of what a cmdlet is composed of; for its constructor.</summary>
    private protected T Own<T>(T work)
        where T : IPipelineWork
    {
        _works.Add(work);
        return work;
    }

    /// <summary>The sources that this session chooses from.</summary>
    internal SourceCatalog Sources => SessionSources.Of(this);

    /// <summary>The options that the parameters make.</summary>
    internal DropMonitorOptions CreateOptions() => new()
    {
        Source = Source,
        Mode = Mode,
        Hardware = Hardware,
        StackTrace = StackTrace,
        TruncationLength = TruncationLength,
        QueueLength = QueueLength,
        Force = Force,
        Filter = CreateFilter(),
    };

    /// <summary>The filter that the parameters make.</summary>
    internal DropFilter CreateFilter()
    {
        try
        {
            return DropFilter.None
                .With(FilterField.Reason, Reason)
                .With(FilterField.Function, Function)
                .With(FilterField.Class, Class)
                .With(FilterField.Significance, Significance is null ? null : Array.ConvertAll(Significance, value => value.ToString()))
                .With(FilterField.InterfaceName, InterfaceName)
                .With(FilterField.Protocol, Protocol)
                .With(FilterField.Address, Address)
                .With(FilterField.SourceAddress, SourceAddress)
                .With(FilterField.DestinationAddress, DestinationAddress)
                .With(FilterField.Port, PacketPort)
                .With(FilterField.SourcePort, SourcePort)
                .With(FilterField.DestinationPort, DestinationPort)
                .With(FilterField.NetworkNamespace, NetworkNamespace)
                .With(FilterField.ProcessName, ProcessName)
                .With(FilterField.Unit, Unit)
                .With(FilterField.Container, Container);
        }
        catch (FilterException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(null));
            throw;
        }
    }

    /// <summary>A parameter that was given and that configures the source; null where there is none.</summary>
    /// <param name="except">A parameter that does not count.</param>
    internal string? GivenSourceOption(string? except = null) =>
        SourceOptions.FirstOrDefault(name => name != except && MyInvocation.BoundParameters.ContainsKey(name));

    /// <summary>Refuses the parameters that configure the source where none is opened: they would change nothing.</summary>
    /// <param name="why">Where the alerts come from, as the end of a sentence.</param>
    internal void RefuseSourceOptions(string why)
    {
        if (GivenSourceOption() is { } option)
        {
            ThrowTerminatingError(new OptionException($"-{option} configures the source of drops, and {why}.", $"Leave out -{option}.")
                .ToErrorRecord(null));
        }
    }

    /// <summary>Ends the cmdlet with an error.</summary>
    internal void Fail(DropMonException error) => ThrowTerminatingError(error.ToErrorRecord(Source));
}
