namespace DropMon.Model.Fields;

/// <summary>What alerts can carry: a source describes itself by these, and each field that may be null belongs to one of them.</summary>
[Flags]
internal enum DropContent
{
    /// <summary>Each alert has it, whatever the source, or it is derived from what the alert has.</summary>
    None = 0,

    /// <summary>The kernel's reason.</summary>
    Reason = 1 << 0,

    /// <summary>The function that dropped the packet.</summary>
    Place = 1 << 1,

    /// <summary>The source line, from debug information.</summary>
    SourceLine = 1 << 2,

    /// <summary>The kernel stack.</summary>
    StackTrace = 1 << 3,

    /// <summary>The interface that the packet came in by.</summary>
    Interface = 1 << 4,

    /// <summary>The packet's bytes.</summary>
    Packet = 1 << 5,

    /// <summary>The protocol that the kernel had for the packet.</summary>
    EtherType = 1 << 6,

    /// <summary>The CPU.</summary>
    Cpu = 1 << 7,

    /// <summary>The process in whose context the drop happened.</summary>
    Process = 1 << 8,

    /// <summary>The network namespace.</summary>
    NetworkNamespace = 1 << 9,

    /// <summary>The trap of a device that dropped the packet.</summary>
    Trap = 1 << 10,

    /// <summary>The cookie of the hardware flow rule.</summary>
    FlowActionCookie = 1 << 11,

    /// <summary>The control group of the packet's socket.</summary>
    ControlGroup = 1 << 12,

    /// <summary>The numbers that the kernel keeps beside the packet's bytes: mark, priority, hash, queue, VLAN and segments.</summary>
    PacketMetadata = 1 << 13,
}
