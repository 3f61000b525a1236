namespace DropMon;

/// <summary>Whether a counter's increase means that a packet was dropped.</summary>
public enum DropImplication : long
{
    /// <summary>DropMon does not know the counter: a newer kernel's, or a driver's own.</summary>
    Unknown = 0,

    /// <summary>It never does: it counts traffic, events, or an error after which the packet lived on.</summary>
    Never,

    /// <summary>It depends on the case: <see cref="DropCounter.Caveat"/> says on what.</summary>
    Sometimes,

    /// <summary>Each increment is at least one packet that was dropped.</summary>
    Always,
}
