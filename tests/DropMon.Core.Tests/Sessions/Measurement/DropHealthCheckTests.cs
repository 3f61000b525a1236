using DropMon.Sessions.Measurement;

namespace DropMon.Tests.Sessions.Measurement;

public class DropHealthCheckTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_place_at_its_limit_passes() =>
        Assert.Equal(DropHealthStatus.Passed, Judge(new DropHealthCheck { MaxPerSecond = 5 }, Groups.Of("a", 50))[0].Status);

    [Fact]
    public void A_place_beyond_its_rate_fails_with_the_limit_it_broke() =>
        Assert.Equal(
            ["at most 5 a second"],
            Judge(new DropHealthCheck { MaxPerSecond = 5 }, Groups.Of("a", 51), Groups.Of("b", 50)).Select(verdict => verdict.Limit));

    [Fact]
    public void A_place_beyond_its_count_fails() =>
        Assert.Equal(
            ["at most 0 in total"], Judge(new DropHealthCheck { MaxCount = 0 }, Groups.Of("a", 1)).Select(verdict => verdict.Limit));

    [Fact]
    public void When_all_is_well_one_result_sums_up() =>
        Assert.Equal(
            (DropHealthStatus.Passed, "(all)", 7L),
            Assert.Single(Judge(new DropHealthCheck { MaxCount = 5 }, Groups.Of("a", 3), Groups.Of("b", 4))) is var verdict
                ? (verdict.Status, verdict.Name, verdict.Count)
                : default);

    [Fact]
    public void Nothing_dropped_at_all_passes() =>
        Assert.Equal(DropHealthStatus.Passed, Judge(new DropHealthCheck { MaxCount = 0 })[0].Status);

    private static IReadOnlyList<DropHealth> Judge(DropHealthCheck check, params DropMeasurement[] places) =>
        check.Judge(places, TenSeconds, new DropLedger());
}
