using System.Globalization;
using System.Text.Json.Serialization;

namespace DropMon.Bench.Harness;

/// <summary>Which side of its target a ratio has to be on.</summary>
internal enum Goal
{
    /// <summary>Measured and reported; there is no target.</summary>
    None,

    /// <summary>The ratio must not be above the target.</summary>
    AtMost,

    /// <summary>The ratio must not be below the target.</summary>
    AtLeast,
}

/// <summary>One quantity of ours and of a peer, measured in turns.</summary>
internal sealed record Measurement
{
    /// <summary>Its name on the command line's output and in the file.</summary>
    public required string Name { get; init; }

    /// <summary>What was measured, in words.</summary>
    public required string What { get; init; }

    /// <summary>What the numbers count, e.g. <c>ns/packet</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Whom ours is compared with: a program, or a limit.</summary>
    public required string Peer { get; init; }

    /// <summary>Ours, one for each turn.</summary>
    public required IReadOnlyList<double> Ours { get; init; }

    /// <summary>The peer's, one for each turn.</summary>
    public required IReadOnlyList<double> Theirs { get; init; }

    public Goal Goal { get; init; }

    /// <summary>What the median ratio is held against, unless there is no goal.</summary>
    public double Target { get; init; }

    /// <summary>What belongs to the numbers: how start-up was subtracted, what else was seen.</summary>
    public string? Note { get; init; }

    /// <summary>The kernel it ran on, where that is not the one that runs the rest.</summary>
    public string? Machine { get; init; }

    [JsonIgnore]
    public double OursMedian => Statistics.Median(Ours);

    [JsonIgnore]
    public double TheirsMedian => Statistics.Median(Theirs);

    [JsonIgnore]
    public double Ratio => Statistics.Median(Ratios);

    [JsonIgnore]
    public double Least => Ratios.Min();

    [JsonIgnore]
    public double Most => Ratios.Max();

    [JsonIgnore]
    public bool? IsReached => Goal switch { Goal.AtMost => Ratio <= Target, Goal.AtLeast => Ratio >= Target, _ => null };

    // Neighbours in time are compared: what else the machine does then hits both.
    private IEnumerable<double> Ratios => Ours.Zip(Theirs, (ours, theirs) => ours / theirs);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: ours {Statistics.Text(OursMedian)} {Unit}, peer {Statistics.Text(TheirsMedian)} {Unit} ({Peer}), ratio "
            + $"{Statistics.Text(Ratio)} ({Statistics.Text(Least)}..{Statistics.Text(Most)}){Verdict}");

    private string Verdict => IsReached switch
    {
        true => "",
        false => string.Create(CultureInfo.InvariantCulture,
            $" MISSED: {(Goal == Goal.AtMost ? "at most" : "at least")} {Statistics.Text(Target)}"),
        null => "",
    };
}
