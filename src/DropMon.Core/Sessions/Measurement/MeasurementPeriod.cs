namespace DropMon.Sessions.Measurement;

/// <summary>What the groups of one snapshot have in common, and how a group becomes a result.</summary>
internal sealed record MeasurementPeriod(
    IReadOnlyList<DropGroupKey> Keys, DateTimeOffset Start, TimeSpan Duration, double Total, HistoryWindow Window, DropLedger? Ledger)
{
    /// <summary>An instant of ticks since 1970.</summary>
    public static DateTimeOffset TimeOf(long unixTicks) => LocalTime.Of(DateTime.UnixEpoch.Ticks + unixTicks);

    /// <summary>The result of a group with this many packets.</summary>
    public DropMeasurement Describe(DropGroup group, long count)
    {
        SiteSummary sites = group.Sites;
        return new DropMeasurement
        {
            Name = group.Label.ToString(),
            By = Keys,
            Count = count,
            Share = Total == 0 ? 0 : count / Total,
            First = TimeOf(group.First),
            Last = TimeOf(group.Last),
            History = group.History.Copy(Window),
            HistoryInterval = TimeSpan.FromSeconds(1L << Window.Shift),
            Function = sites.Function,
            Reason = sites.Reason,
            ReasonSubsystem = sites.ReasonSubsystem,
            Class = sites.Class,
            Type = sites.Type,
            Significance = sites.Significance,
            Explanation = sites.Explanation,
            Location = sites.Location,
            Module = sites.Module,
            TrapName = sites.TrapName,
            InterfaceName = Value(group, DropGroupKey.InterfaceName) as string,
            Protocol = Value(group, DropGroupKey.Protocol) as string,
            ProcessName = Value(group, DropGroupKey.ProcessName) as string,
            ProcessId = Value(group, DropGroupKey.ProcessId) as int?,
            Cpu = Value(group, DropGroupKey.Cpu) as int?,
            NetworkNamespace = Value(group, DropGroupKey.NetworkNamespace) as ulong?,
            NetworkNamespaceName = Value(group, DropGroupKey.NetworkNamespaceName) as string,
            Unit = Value(group, DropGroupKey.Unit) as string,
            Container = Value(group, DropGroupKey.Container) as string,
            ComputerName = Value(group, DropGroupKey.ComputerName) as string,
            Start = Start,
            Duration = Duration,
            Ledger = Ledger,
        };
    }

    private object? Value(DropGroup group, DropGroupKey key)
    {
        int index = Keys.ToList().IndexOf(key);
        return index < 0 || group.Label == GroupLabel.Rest ? null : group.Label[index];
    }
}
