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
}
