namespace DropMon.Filters;

/// <summary>What a condition of a filter asks about. The names are those of the filter's JSON form.</summary>
public enum FilterField
{
    /// <summary>Names of reasons: <see cref="DropAlert.Reason"/>.</summary>
    Reason,

    /// <summary>Names of the kernel's functions: <see cref="DropAlert.Function"/>.</summary>
    Function,

    /// <summary>Classes: <see cref="DropAlert.Class"/>.</summary>
    Class,

    /// <summary>Significances: <see cref="DropAlert.Significance"/>.</summary>
    Significance,

    /// <summary>Names of interfaces: <see cref="DropAlert.InterfaceName"/>.</summary>
    InterfaceName,

    /// <summary>Names of network and transport protocols. A TCP packet is wanted as TCP and as IPv4.</summary>
    Protocol,

    /// <summary>IPv4 or IPv6 addresses, or networks with a prefix length, of the source or the destination.</summary>
    Address,

    /// <summary>The same for the source: <see cref="DropMon.Packets.Packet.SourceAddress"/>.</summary>
    SourceAddress,

    /// <summary>The same for the destination: <see cref="DropMon.Packets.Packet.DestinationAddress"/>.</summary>
    DestinationAddress,

    /// <summary>Ports of TCP, UDP or SCTP, or ranges of them, of the source or the destination.</summary>
    Port,

    /// <summary>The same for the source: <see cref="DropMon.Packets.Packet.SourcePort"/>.</summary>
    SourcePort,

    /// <summary>The same for the destination: <see cref="DropMon.Packets.Packet.DestinationPort"/>.</summary>
    DestinationPort,

    /// <summary>Network namespaces by inode number: <see cref="DropAlert.NetworkNamespace"/>.</summary>
    NetworkNamespace,

    /// <summary>Names of processes in whose context the drop happened: <see cref="DropAlert.ProcessName"/>.</summary>
    ProcessName,

    /// <summary>Names of systemd units: <see cref="DropAlert.Unit"/>.</summary>
    Unit,

    /// <summary>Names of containers: <see cref="DropAlert.Container"/>.</summary>
    Container,
}
