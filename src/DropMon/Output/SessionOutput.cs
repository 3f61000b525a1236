using System.Management.Automation;

namespace DropMon.Output;

/// <summary>What a cmdlet says of a session beside its results: the source, notes, warnings and losses.</summary>
internal sealed class SessionOutput(Cmdlet cmdlet)
{
    private readonly HashSet<string> _written = [];

    /// <summary>Writes warnings, and with -Verbose the source and its notes.</summary>
    public void Describe(DropMonitorStatus status)
    {
        cmdlet.WriteVerbose($"The source is {status.SourceTitle} {status.SourceSettings}.");
        WarnOfNews(status.Warnings);
        foreach (string note in status.Notes.Except(status.Warnings))
        {
            cmdlet.WriteVerbose(CmdletText.Of(note));
        }
    }

    /// <summary>Writes warnings, each sentence once.</summary>
    /// <returns>The warnings that are new.</returns>
    public IReadOnlyList<string> WarnOfNews(IReadOnlyList<string> warnings)
    {
        string[] news = [.. warnings.Where(_written.Add)];
        Array.ForEach(news, sentence => cmdlet.WriteWarning(CmdletText.Of(sentence)));
        return news;
    }

    /// <summary>Writes losses: as a warning when there were any, in full with -Verbose.</summary>
    public void Report(DropLedger ledger)
    {
        DescribeLedger(ledger);
        if (ledger.DescribeLoss() is { } loss)
        {
            cmdlet.WriteWarning(CmdletText.Of(loss));
        }
    }

    /// <summary>Writes the ledger with -Verbose.</summary>
    public void DescribeLedger(DropLedger ledger) => cmdlet.WriteVerbose($"Ledger: {ledger}.");
}
