namespace DropMon.Tests.Sessions.Measurement;

/// <summary>Measurements for tests of what is made of them.</summary>
internal static class Groups
{
    public static DropMeasurement Of(string name, long count, double seconds = 10) => new()
    {
        Name = name,
        By = [DropGroupKey.Function, DropGroupKey.Reason],
        Count = count,
        Share = 1,
        First = DateTimeOffset.UnixEpoch,
        Last = DateTimeOffset.UnixEpoch,
        History = [count],
        HistoryInterval = TimeSpan.FromSeconds(1),
        Start = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(seconds),
    };
}
