namespace DropMon.Netfilter;

/// <summary>How a rule or a policy keeps a packet from going on.</summary>
internal enum NetfilterDropKind
{
    /// <summary>The verdict drop (NF_DROP).</summary>
    Drop,

    /// <summary>Drops, and answers the sender.</summary>
    Reject,

    /// <summary>Hands the packet to a program, which may drop it; dropped where there is no program.</summary>
    Queue,

    /// <summary>The policy of a base chain: what no rule decided.</summary>
    Policy,
}
