namespace DropMon;

/// <summary>A property of drops by which they can be counted: each names the one of <see cref="DropAlert"/>.</summary>
public enum DropGroupKey : long
{
    /// <summary>The function that dropped the packet.</summary>
    Function,

    /// <summary>The kernel's reason.</summary>
    Reason,

    /// <summary>Who defines the reason.</summary>
    ReasonSubsystem,

    /// <summary>The part of the stack.</summary>
    Class,

    /// <summary>The counter that the kernel increments there; else the reason.</summary>
    Type,

    /// <summary>Whether such drops matter.</summary>
    Significance,

    /// <summary>The exact place: several in one function count apart.</summary>
    Location,

    /// <summary>The module of the function.</summary>
    Module,

    /// <summary>The interface the packet came in by.</summary>
    InterfaceName,

    /// <summary>The packet's protocol.</summary>
    Protocol,

    /// <summary>The name of the process in whose context it happened.</summary>
    ProcessName,

    /// <summary>The process in whose context it happened.</summary>
    ProcessId,

    /// <summary>The CPU it happened on.</summary>
    Cpu,

    /// <summary>The hardware trap's name.</summary>
    TrapName,

    /// <summary>The computer it happened on.</summary>
    ComputerName,

    /// <summary>The network namespace, as its inode number.</summary>
    NetworkNamespace,

    /// <summary>The name that the network namespace has below /run/netns.</summary>
    NetworkNamespaceName,

    /// <summary>The systemd unit of the packet's socket.</summary>
    Unit,

    /// <summary>The container of the packet's socket, or the only one in the network namespace.</summary>
    Container,
}
