namespace DropMon;

/// <summary>What a finding says of the suspected cause.</summary>
public enum EvidenceVerdict : long
{
    /// <summary>Worth knowing, but it decides nothing; also where the machine could not be looked at.</summary>
    Neutral = 0,

    /// <summary>What a machine would show that drops packets for this reason.</summary>
    Confirms,

    /// <summary>Not what such a machine would show.</summary>
    Contradicts,
}
