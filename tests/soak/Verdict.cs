using System.Globalization;
using System.Text.Json;

namespace DropMon.Soak;

/// <summary>What must hold of a run.</summary>
internal sealed class Verdict
{
    private const double MostGrowth = 1.10;
    private const long MostGrowthBytes = 8 * 1024 * 1024;

    private readonly List<string> _failures = [];

    public Verdict(IReadOnlyList<Sample> samples, long sent, long received, WatchedProcess watched, int exitCode)
    {
        Check(exitCode == 0, $"dropmon ended with {exitCode}");
        // The first sixth is for the runtime to compile what is hot and the collector to find its size.
        Sample[] settled = [.. samples.Skip(samples.Count / 6)];
        EarlyMemory = Median(settled[..Math.Max(settled.Length / 4, 1)]);
        LateMemory = Median(settled[^Math.Max(settled.Length / 4, 1)..]);
        Check(
            LateMemory <= (EarlyMemory * MostGrowth) + MostGrowthBytes, string.Create(
                CultureInfo.InvariantCulture, $"memory grew from {EarlyMemory} to {LateMemory} bytes"));
        // A file that is being read at the moment of a sample is no leak: the median tells.
        int early = MedianDescriptors(settled[..Math.Max(settled.Length / 4, 1)]);
        int late = MedianDescriptors(settled[^Math.Max(settled.Length / 4, 1)..]);
        Check(late <= early, $"descriptors grew from {early} to {late}");
        if (watched.Ledger is not { } ledger)
        {
            _failures.Add("there is no ledger");
            return;
        }

        Delivered = Count(ledger, "Delivered");
        Lost = Count(ledger, "TotalLost");
        FilteredOut = Count(ledger, "FilteredOut");
        Check(watched.OtherLines == 0, $"{watched.OtherLines} lines are of no kind");
        Check(watched.Alerts == Delivered, $"{watched.Alerts} alerts came out, and the ledger says {Delivered}");
        Check(
            Count(ledger, "Received") == Delivered + FilteredOut + Count(ledger, "BufferLost"),
            "received is not delivered, filtered out and lost in the buffer");
        // Without any loss, exactly what was sent; with some, whose they were nobody can tell.
        Check(
            Lost == 0
                ? received == sent
                : received <= sent && sent <= received + Lost, $"{sent} were sent, {received} came out, {Lost} are counted as lost");
    }

    public long EarlyMemory { get; }

    public long LateMemory { get; }

    public long Delivered { get; }

    public long FilteredOut { get; }

    public long Lost { get; }

    public IReadOnlyList<string> Failures => _failures;

    private static long Median(Sample[] samples) => samples.Select(s => s.ResidentBytes).Order().ElementAt(samples.Length / 2);

    private static int MedianDescriptors(Sample[] samples) => samples.Select(s => s.Descriptors).Order().ElementAt(samples.Length / 2);

    private static long Count(JsonElement ledger, string name) => ledger.GetProperty(name).GetInt64();

    private void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            _failures.Add(otherwise);
        }
    }
}
