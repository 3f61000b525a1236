namespace DropMon.Evidence.Probes;

/// <summary>What was found about one rule, policy or queue.</summary>
internal sealed record NetfilterFinding(string Subject, string Text, string? Value, EvidenceVerdict Verdict, string Source);
