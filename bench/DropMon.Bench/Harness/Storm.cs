using System.Globalization;
using System.Text.RegularExpressions;

namespace DropMon.Bench.Harness;

/// <summary>A flood that has ended, as its sender tells.</summary>
/// <param name="Sent">Packets, of which the kernel dropped each.</param>
/// <param name="WallNanoseconds">A packet.</param>
/// <param name="CpuNanoseconds">A packet, of the sender's thread: in its context the kernel drops.</param>
/// <param name="ProcessId">The sender's.</param>
internal sealed partial record Storm(long Sent, double WallNanoseconds, double CpuNanoseconds, int ProcessId)
{
    // The sender stays on one CPU, so that it never runs where another one's ring is.
    private const string SenderCpu = "0";

    public static Storm Run(Settings settings, int count, int rate = 0)
    {
        using Child sender = Begin(settings, count, rate);
        return End(sender);
    }

    /// <summary>Sends at a rate for a while.</summary>
    public static void RunAt(Settings settings, int rate, int seconds)
    {
        using Child sender = Begin(settings, rate * seconds, rate);
        End(sender);
    }

    public static Child Begin(Settings settings, int count, int rate = 0, string cpu = SenderCpu) =>
        Child.Start("dotnet", settings.Sender, Text(count), "--cpu", cpu, "--rate", Text(rate));

    public static Storm End(Child sender)
    {
        string line = sender.ReadLine() ?? "";
        sender.WaitForSuccess();
        Match match = Report().Match(line);
        return match.Success
            ? new Storm(
                long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
                double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
                double.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture),
                sender.Id)
            : throw new InvalidOperationException($"The sender said: {line}");
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+) packets, ([\d.]+) ns a packet, ([\d.]+) ns of CPU a packet$")]
    private static partial Regex Report();
}
