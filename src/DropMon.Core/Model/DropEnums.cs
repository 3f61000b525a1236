namespace DropMon;

/// <summary>Whether a drop matters.</summary>
public enum DropSignificance : long
{
    /// <summary>Nothing is known that would tell.</summary>
    Unknown = 0,

    /// <summary>A receiver wanted this packet and did not get it.</summary>
    Loss,

    /// <summary>A malformed, spoofed or unwanted packet, or a misconfiguration: worth a look when it repeats.</summary>
    Suspicious,

    /// <summary>The stack works as designed: a frame for another host, a closed port, a duplicate.</summary>
    Expected,
}

/// <summary>Who dropped the packet.</summary>
public enum DropOrigin : long
{
    /// <summary>The kernel (NET_DM_ORIGIN_SW).</summary>
    Software = 0,

    /// <summary>A device below the kernel, which reported it through a devlink trap (NET_DM_ORIGIN_HW).</summary>
    Hardware = 1,
}
