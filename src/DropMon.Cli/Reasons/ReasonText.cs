using System.Globalization;
using System.Text;

namespace DropMon.Cli.Reasons;

/// <summary>Writes reasons for people.</summary>
internal static class ReasonText
{
    /// <summary>A line of a list.</summary>
    public static byte[] Line(DropReasonInfo reason) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{SafeText.Escape(reason.Name),-28} {reason.Class,-11} {reason.Significance,-10} {reason.Meaning ?? "-"}\n"));

    /// <summary>All that is known of a reason.</summary>
    public static byte[] Article(DropReasonInfo reason)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{SafeText.Escape(reason.Name)} ({SafeText.Escape(reason.Subsystem)}, {reason.Class}): {reason.Significance}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {reason.Meaning ?? "DropMon does not know what it means."}\n");
        if (reason.InRunningKernel == false)
        {
            text.Append("  The running kernel does not have it.\n");
        }

        AppendList(text, "Causes", reason.Causes);
        AppendList(text, "Counted as", reason.Counter);
        AppendList(
            text, "On this machine", reason.Evidence is { Count: 0 }
                ? ["DropMon has no check for it."]
                : reason.Evidence?.Select(Sentence));
        AppendList(text, "Check it yourself", reason.Confirm is null ? null : [reason.Confirm]);
        AppendList(text, "Fix", reason.Remedy is null ? null : [reason.Remedy]);
        AppendList(text, "Kernels", reason.Kernels is null ? null : [$"{reason.Kernels}; read from {reason.SourceReference}"]);
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static string Sentence(DropEvidence evidence) => evidence.Verdict switch
    {
        EvidenceVerdict.Confirms => $"[+] {evidence.Subject}: {evidence.Finding}",
        EvidenceVerdict.Contradicts => $"[-] {evidence.Subject}: {evidence.Finding}",
        _ => $"[ ] {evidence.Subject}: {evidence.Finding}",
    };

    private static void AppendList(StringBuilder text, string title, IEnumerable<string>? lines)
    {
        if (lines?.ToArray() is { Length: > 0 } all)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {title}\n");
            foreach (string line in all)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
            }
        }
    }
}
