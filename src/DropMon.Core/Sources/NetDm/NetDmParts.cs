namespace DropMon.Sources.NetDm;

/// <summary>What the drop monitor can be on for: each has a switch of its own, and they share the configuration.</summary>
[Flags]
internal enum NetDmParts
{
    /// <summary>It is off.</summary>
    None = 0,

    /// <summary>Drops in the kernel (NET_DM_ATTR_SW_DROPS).</summary>
    Software = 1,

    /// <summary>Drops that devices report (NET_DM_ATTR_HW_DROPS).</summary>
    Hardware = 2,

    /// <summary>Both.</summary>
    Both = Software | Hardware,
}
