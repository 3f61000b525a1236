namespace DropMon;

/// <summary>Why a counter can rise without a drop alert.</summary>
public enum UnseenCause : long
{
    /// <summary>Each increment comes with a packet that the kernel frees as dropped, so an alert is to be expected.</summary>
    None = 0,

    /// <summary>The device or its driver counts it, mostly before the kernel has a packet (an skb) to free.</summary>
    Hardware,

    /// <summary>The kernel counted before there was a packet to free, or without freeing one.</summary>
    NoPacket,

    /// <summary>Other places raise the same counter and free the packet as consumed, or not at all.</summary>
    RaisedElsewhere,

    /// <summary>The counter does not mean a drop.</summary>
    NotADrop,

    /// <summary>DropMon does not know the counter.</summary>
    UnknownCounter,

    /// <summary>Alerts were lost, so some of them may account for it.</summary>
    AlertsLost,
}
