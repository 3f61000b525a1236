using DropMon.Monitoring.Preflight;

namespace DropMon.Cli.Doctor;

/// <summary>Findings for people: a line each, the remedy below, and at the end what they come to.</summary>
internal static class DoctorText
{
    private const string Red = "\u001b[31m", Yellow = "\u001b[33m", Green = "\u001b[32m", Faint = "\u001b[2m", Plain = "\u001b[0m";

    private static readonly bool Colour = StandardOutput.IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static void Write(PreflightResult result)
    {
        Console.WriteLine($"{Paint(ColourOf(result.Status), $"{result.Status,-7}")} {result.Name,-21} {SafeText.Escape(result.Detail)}");
        if (result.Remedy is { } remedy && result.Status is PreflightStatus.Warning or PreflightStatus.Failed)
        {
            Console.WriteLine($"{"",-29} To mend it: {SafeText.Escape(result.Remedy!)}");
        }
    }

    public static void WriteEnd(PreflightReport report)
    {
        foreach (PreflightResult result in report.Results.Where(result => result.NullProperties.Count > 0))
        {
            Console.WriteLine();
            Console.WriteLine($"What {result.Name["ControlDrop".Length..]} leaves null:");
            foreach (IGrouping<string, NullProperty> why in result.NullProperties.GroupBy(property => property.Why))
            {
                Console.WriteLine($"  {string.Join(", ", why.Select(property => property.Property))}: {why.Key}");
            }
        }

        Console.WriteLine();
        Console.WriteLine(report switch
        {
            { CanMonitor: true } => Paint(Green, $"Monitoring works, with {report.Source}."),
            { Failure: { } failure } => Paint(Red, $"Monitoring would fail. {SafeText.Escape(failure.Message)}"),
            _ => Paint(Red, $"Monitoring with {report.Source} starts, but nothing proves that it would see a drop. {SafeText.Escape(report.Results.Last(result => result.Name == $"ControlDrop{report.Source}").Detail)}"),
        });
        if (report.Failure?.Remedy is { } remedy)
        {
            Console.WriteLine($"To mend it: {SafeText.Escape(remedy)}");
        }
    }

    private static string ColourOf(PreflightStatus status) => status switch
    {
        PreflightStatus.Passed => Green,
        PreflightStatus.Warning => Yellow,
        PreflightStatus.Failed => Red,
        _ => Faint,
    };

    private static string Paint(string colour, string text) => Colour ? colour + text + Plain : text;
}
