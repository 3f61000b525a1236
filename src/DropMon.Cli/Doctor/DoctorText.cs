using DropMon.Monitoring.Preflight;
using DropMon.Preflight;
using DropMon.Terminal;

namespace DropMon.Cli.Doctor;

/// <summary>Findings for people: a line each, the remedy below, and at the end what they come to.</summary>
internal static class DoctorText
{
    private static readonly bool Colour = StandardOutput.TakesColour;

    public static void Write(PreflightResult result)
    {
        Console.WriteLine($"{Paint(ColourOf(result.Status), $"{result.Status,-7}")} {result.Name,-21} {CommandSpelling.Of(result.Detail)}");
        if (result is { Remedy: { } remedy, Status: PreflightStatus.Warning or PreflightStatus.Failed })
        {
            Console.WriteLine($"{"",-29} Fix: {CommandSpelling.Of(remedy)}");
        }
    }

    public static void WriteEnd(PreflightReport report)
    {
        foreach (PreflightResult result in report.Results.Where(result => result.NullProperties.Count > 0))
        {
            Console.WriteLine();
            Console.WriteLine($"Properties that {result.Name[ControlDropCheck.Prefix.Length..]} leaves null:");
            foreach (IGrouping<string, NullProperty> why in result.NullProperties.GroupBy(property => property.Why))
            {
                Console.WriteLine($"  {string.Join(", ", why.Select(property => property.Property))}: {CommandSpelling.Of(why.Key)}");
            }
        }

        Console.WriteLine();
        Console.WriteLine(report switch
        {
            { CanMonitor: true } => Paint(AnsiColour.Green, $"Monitoring works, with {report.Source}."),
            { Failure: { } failure } => Paint(AnsiColour.Red, $"Monitoring would fail. {CommandSpelling.Of(failure.Message)}"),
            _ =>
                Paint(
                    AnsiColour.Red,
                    $"Monitoring with {report.Source} starts, but nothing proves that it sees drops. " +
                    $"{CommandSpelling.Of(report.Results.Last(result => result.Name == ControlDropCheck.Prefix + report.Source).Detail)}"),
        });
        if (report.Failure?.Advice is { } advice)
        {
            Console.WriteLine(CommandSpelling.Of(advice));
        }
    }

    private static string ColourOf(PreflightStatus status) => status switch
    {
        PreflightStatus.Passed => AnsiColour.Green,
        PreflightStatus.Warning => AnsiColour.Yellow,
        PreflightStatus.Failed => AnsiColour.Red,
        _ => AnsiColour.Faint,
    };

    private static string Paint(string colour, string text) => Colour ? colour + text + AnsiColour.Plain : text;
}
