namespace DropMon;

/// <summary>Which source to use.</summary>
public enum DropSourceChoice
{
    /// <summary>The drop monitor where the kernel has it, else the tracepoint.</summary>
    Auto,

    /// <summary>The kernel's drop monitor, NET_DM.</summary>
    NetDm,

    /// <summary>The tracepoint skb:kfree_skb.</summary>
    Tracepoint,
}
