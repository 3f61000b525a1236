namespace DropMon;

/// <summary>What a finding says of the suspected cause.</summary>
public enum EvidenceVerdict : long
{
    /// <summary>Worth knowing, but it decides nothing; also where the machine could not be looked at.</summary>
    Neutral = 0,

    /// <summary>
    /// A witness of the cause: a counter that rose while DropMon looked, a limit that is reached, a socket or a setting that refuses such a
    /// packet.
    /// </summary>
    Confirms,

    /// <summary>A witness to the contrary. What was not found, not read or is otherwise now is none.</summary>
    Contradicts,
}
