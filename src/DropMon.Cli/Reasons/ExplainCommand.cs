using System.CommandLine;
using DropMon.Evidence;

namespace DropMon.Cli.Reasons;

/// <summary>
/// <c>dropmon explain REASON</c>: what a reason or a function means, what this machine shows of it now, and what to change.
/// </summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Reason = new("reason")
    {
        Description = "A reason, e.g. SOCKET_RCVBUFF (* and ? are wildcards), or the function that drops, e.g. nf_hook_slow.",
        HelpName = "reason",
        CompletionSources = { _ => ReasonNames.All() },
    };

    private static readonly Option<bool> NoEvidence = new("--no-evidence") { Description = "Do not look for evidence on this machine." };
    private static readonly Option<bool> Json = new("--json") { Description = "JSON Lines, one reason per line." };

    public static Command Create()
    {
        var command = new Command(
            "explain", "Explains a drop reason or a function that drops packets, and looks for evidence on this machine.") { Reason,
            NoEvidence, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        ReasonInquiry inquiry = ReasonInquiry.OfThisMachine();
        string pattern = parsed.GetRequiredValue(Reason);
        IReadOnlyList<DropReasonInfo> found = inquiry.Find(pattern);
        if (found.Count == 0)
        {
            throw ReasonException.NoMatch(pattern);
        }

        using Stream output = StandardOutput.Open();
        using var stop = new CancellationTokenSource();
        using var signals = new EndingSignals(stop.Cancel);
        try
        {
            foreach (DropReasonInfo reason in found)
            {
                DropReasonInfo shown = parsed.GetValue(NoEvidence) ? reason : Spelt(inquiry.Examine(reason, alert: null, stop.Token));
                output.Write(parsed.GetValue(Json) ? ReasonJson.Line(shown) : ReasonText.Article(shown));
            }
        }
        catch (OperationCanceledException)
        {
            // A signal: what was found so far has been written.
        }

        return ExitCode.Success;
    }

    private static DropReasonInfo Spelt(DropReasonInfo reason) => reason with
    {
        Evidence = reason.Evidence is null
            ? null
            : [.. reason.Evidence.Select(evidence => evidence with { Finding = CommandSpelling.Of(evidence.Finding) })],
    };
}
