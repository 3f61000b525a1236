namespace DropMon.Evidence;

/// <summary>Looks at the machine for one family of causes.</summary>
internal interface IEvidenceProbe
{
    /// <summary>Whether it has something to look at for that reason, function or class.</summary>
    bool Covers(EvidenceQuery query);

    /// <summary>The counters whose rise would be a witness, each by a name that only this probe reads; read once before it looks.</summary>
    IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken);

    /// <summary>Looks. What cannot be read or run is a finding that says so, not an error.</summary>
    IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken);
}
