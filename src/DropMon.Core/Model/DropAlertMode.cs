namespace DropMon;

/// <summary>What the drop monitor reports of each drop (enum net_dm_alert_mode).</summary>
public enum DropAlertMode : long
{
    /// <summary>Counts per place, about once a second (NET_DM_ALERT_MODE_SUMMARY).</summary>
    Summary = 0,

    /// <summary>Every packet by itself, with its bytes (NET_DM_ALERT_MODE_PACKET, Linux 5.4).</summary>
    Packet = 1,
}
