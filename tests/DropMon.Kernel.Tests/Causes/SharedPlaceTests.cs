namespace DropMon.KernelTests.Causes;

/// <summary>
/// Causes that drop at the same place as others do, or for the same reason, and their near misses: what is said of each must be true of it
/// and not of the other.
/// </summary>
public sealed class SharedPlaceTests(CauseRuns runs) : IClassFixture<CauseRuns>
{
    public static TheoryData<string> Causes =>
        [.. CauseRuns.Causes.Values.Where(cause => cause.Significance is not null).Select(cause => cause.Name)];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_alert_says_what_happened_and_whether_it_matters(string cause)
    {
        DropCause expected = CauseRuns.Causes[cause];
        CauseRun run = runs.Of(cause);
        bool isTold = runs.Kernel >= expected.ReasonSince && expected.ReasonOn(runs.Kernel) is not null;
        DropSignificance? significance = isTold ? expected.Significance : expected.SignificanceWithoutReason ?? expected.Significance;
        string? type = expected.Type is not null && (isTold || !expected.TypeNeedsReason) ? expected.Type : expected.ReasonOn(runs.Kernel);

        Assert.True(run.Alerts.Sum(alert => alert.Count) >= CauseRun.Count, run.Seen);
        Assert.All(run.Alerts, alert => Assert.Equal(
            (expected.ClassOn(runs.Kernel), significance, true),
            (alert.Class, alert.Significance, alert.Explanation!.Contains(expected.Says ?? "", StringComparison.OrdinalIgnoreCase))));
        Assert.All(run.Alerts.Where(alert => isTold || !expected.TypeNeedsReason), alert => Assert.Equal(type, alert.Type));
    }
}
